"""Every address that the portal answers, read from its URL configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

from cooperation.catalogue import KINDS

LANGUAGES = ("en", "ko", "zh-hans")


class Route(NamedTuple):
    """One address with its name and the arguments it takes."""

    name: str
    template: str
    arguments: tuple[str, ...]
    is_localized: bool

    @property
    def at_the_desk(self) -> bool:
        return self.template.startswith("admin/")

    @property
    def kind(self) -> str | None:
        """The kind that the address names, where it names one."""
        steps = set(re.split(r"[/.]", self.template))
        return next((k.name for k in KINDS.values() if {k.name, k.plural} & steps), None)

    @property
    def general_name(self) -> str:
        """The name with `{kind}` where the kind stands: one row of a table serves them all."""
        if self.kind is None or self.at_the_desk:
            return self.name
        plural = KINDS[self.kind].plural
        steps = [
            "{kind}" if step in (self.kind, plural) else step
            for step in re.split(r"([:-])", self.name)
        ]
        return "".join(steps)

    def path(self, language: str = "en", **given: Any) -> str:
        """The address with those arguments filled in, unchecked: any text may be tried."""
        prefix = f"{language}/" if self.is_localized and language != "en" else ""
        path = self.template
        for name in self.arguments:
            start = path.index("<")
            end = path.index(">", start)
            path = f"{path[:start]}{given[name]}{path[end + 1 :]}"
        return f"/{prefix}{path}"

    def paths(self, **given: Any) -> list[str]:
        """The address in each language that it has."""
        languages = LANGUAGES if self.is_localized else LANGUAGES[:1]
        return [self.path(language, **given) for language in languages]


def routes() -> list[Route]:
    """All routes of this process, each once."""
    return list(_walk(get_resolver().url_patterns, "", "", is_localized=False))


def public_routes() -> list[Route]:
    """The routes that readers reach."""
    return [route for route in routes() if not route.at_the_desk]


def _walk(patterns: Any, above: str, namespace: str, *, is_localized: bool) -> Iterator[Route]:
    for entry in patterns:
        localized = is_localized or isinstance(entry.pattern, LocalePrefixPattern)
        template = above + _template(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, template, inner, is_localized=localized)
        elif isinstance(entry, URLPattern):
            if isinstance(entry.pattern, RegexPattern) and not str(entry.pattern).endswith("$"):
                template += "<rest>"
            yield Route(
                name=f"{namespace}{entry.name or template}",
                template=template,
                arguments=tuple(re.findall(r"<(?:\w+:)?(\w+)>", template)),
                is_localized=localized,
            )


def _template(pattern: Any) -> str:
    """The pattern as text with its arguments between angle brackets."""
    if isinstance(pattern, LocalePrefixPattern):
        return ""
    if isinstance(pattern, RegexPattern):
        return re.sub(r"\(\?P(<\w+>)[^()]*\)", r"\1", str(pattern)).strip("^$")
    return str(pattern)
