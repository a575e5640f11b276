"""Checks of texts: the main language's title, and the other languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cooperation.desk.texts import LANGUAGE_COLUMNS
from cooperation.gazette.shapes import TITLE, part_lists, shape
from cooperation.gazette.shapes.types import Texts
from cooperation.rules.languages import LANGUAGES

from .findings import Finding, Subject


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: no title in the main language. Warnings: a text that is not there in each language."""
    for subject in subjects:
        if not subject.document["title"][settings.PORTAL_MAIN_LANGUAGE]:
            yield _without_title(subject)
        for path, texts in _texts(subject.record.kind, subject.document):
            yield from _untranslated(subject, path, texts)


def _without_title(subject: Subject) -> Finding:
    main = settings.PORTAL_MAIN_LANGUAGE
    sentence = _("the title in the main language is missing; write it in %(language)s.")
    said = sentence % {"language": dict(LANGUAGE_COLUMNS.choices)[main]}
    return subject.error("title-missing", f"title/{main}", said)


def _texts(kind: str, document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each language map of the document, with its path."""
    for name, member in {"title": TITLE, **shape(kind).members}.items():
        if isinstance(member, Texts):
            yield name, document[name]
    for name, listed in part_lists(kind).items():
        for part in document[name]:
            for inside, member in listed.members.items():
                if isinstance(member, Texts):
                    yield f"{name}/{part['id']}/{inside}", part[inside]


def _untranslated(subject: Subject, path: str, texts: Mapping[str, Any]) -> Iterator[Finding]:
    missing = [language for language in LANGUAGES if not texts[language]]
    if path == "title":
        missing = [language for language in missing if language != settings.PORTAL_MAIN_LANGUAGE]
    elif len(missing) == len(LANGUAGES):
        return
    for language in missing:
        sentence = _(
            "this language is missing; add the text, or confirm that readers get another language."
        )
        yield subject.warning("language-missing", f"{path}/{language}", sentence)
