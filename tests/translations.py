"""Which words of the pages and of the desk can be translated, and which translations are missing.

`python -m tests.translations` lists what each language lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po
from django.template import engines
from django.template.base import NodeList
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
SPOKEN = [
    *(f"cooperation/{room}" for room in ("faces", "desk", "gazette", "rules", "catalogue.py")),
    "portal",
]
TRANSLATED = {"ko": "ko", "zh-Hans": "zh_Hans"}
# As Django names them, and as its compiled catalogues set what a message is about before it.
CALLS = DEFAULT_KEYWORDS | {
    f"{name}_lazy": DEFAULT_KEYWORDS[name]
    for name in ("gettext", "ngettext", "pgettext", "npgettext")
}
ABOUT = "\x04"


@cache
def calls() -> list[tuple[str | tuple[str, ...], str | None]]:
    """What the code of every room has translated, with what it is about; all of it is read once."""
    files: list[Path] = []
    for path in (ROOT / name for name in SPOKEN):
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [
        (message, about)
        for file in files
        for _line, message, _comments, about in extract_from_file("python", file, CALLS)
    ]


@cache
def templates() -> list[NodeList]:
    """Every template."""
    django = engines["django"].engine
    files = sorted((ROOT / "templates").rglob("*.html"))
    return [django.from_string(file.read_text()).nodelist for file in files]


def in_code() -> Iterator[str]:
    """The messages of every room."""
    for message, about in calls():
        forms = (message,) if isinstance(message, str) else message[:2]
        yield from (_named(form, about) for form in forms)


def in_templates() -> Iterator[str]:
    """The messages of every template."""
    for nodes in templates():
        yield from _spoken(nodes)


def _spoken(nodes: NodeList) -> Iterator[str]:
    for node in nodes.get_nodes_by_type(TranslateNode):
        about = str(node.message_context.var) if node.message_context else None
        yield _named(node.filter_expression.var.literal, about)
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        for tokens in filter(None, (node.singular, node.plural)):
            yield node.render_token_list(tokens)[0].strip()


def counted() -> set[tuple[str, ...]]:
    """The messages that have a form for one and another for several: they are looked up together."""
    found = {message[:2] for message, _ in calls() if isinstance(message, tuple) and message[1]}
    for nodes in templates():
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            if node.plural:
                forms = (node.render_token_list(one)[0] for one in (node.singular, node.plural))
                found.add(tuple(form.strip() for form in forms))
    return found


def uncounted(language: str) -> list[str]:
    """The counted messages that the language has as two entries, where nothing finds them."""
    path = ROOT / "locale" / TRANSLATED[language] / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        known = {message.id for message in read_po(file)}
    return sorted(forms[0] for forms in counted() if forms not in known)


def _named(message: str, about: str | None) -> str:
    return f"{about}{ABOUT}{message}" if about else message


def messages() -> set[str]:
    """Everything that a page or the desk may say; a message with a context as `context\\x04message`."""
    return {*in_code(), *in_templates()} - {""}


def catalogue(language: str) -> dict[str, str]:
    """What each message is in that language; plurals have one form in Korean and Chinese."""
    path = ROOT / "locale" / TRANSLATED[language] / "LC_MESSAGES" / "django.po"
    found = {}
    with path.open("rb") as file:
        for message in read_po(file):
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            names = [_named(form, message.context) for form in forms]
            found |= dict.fromkeys(names, str(strings[0])) if not message.fuzzy else {}
    return found


def missing(language: str) -> list[str]:
    """The messages that the language lacks."""
    known = catalogue(language)
    return sorted(message for message in messages() if not known.get(message))


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    for spoken in TRANSLATED:
        for lacking in missing(spoken):
            print(f"{spoken}: {lacking}")
