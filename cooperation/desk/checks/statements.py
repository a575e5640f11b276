"""The check of statements: there are words, and the original is among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cooperation.desk.texts import LANGUAGE_COLUMNS
from cooperation.rules.languages import LANGUAGES

from .findings import Finding, Subject


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: a statement without words, or without those in its original language."""
    for subject in subjects:
        if subject.record.kind != "statement":
            continue
        words, original = subject.document["words"], subject.document["original_language"]
        if not any(words.values()):
            yield subject.warning(
                "no-words", "words", _("it says nothing; write down what was said, or confirm.")
            )
        elif original in LANGUAGES and not words[original]:
            sentence = _(
                "the words in the original language (%(language)s) are missing; add them, or confirm."
            )
            language = dict(LANGUAGE_COLUMNS.choices)[original]
            shown = sentence % {"language": language}
            yield subject.warning("original-missing", f"words/{original}", shown)
