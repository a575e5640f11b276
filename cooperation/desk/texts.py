"""Texts in the portal's languages, as model fields: one column a language."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cooperation.gazette.shapes.types import Code, Member, Texts
from cooperation.gazette.shapes.vocabularies import Vocabulary
from cooperation.rules.languages import LANGUAGES, column

from .fields import LONG, ONE_LINE, CodesField, TextColumn

LANGUAGE_COLUMNS = Vocabulary(
    "portal_language",
    {
        "en": (_("English"), _("The wording in English.")),
        "ko": (_("Korean"), _("The wording in Korean.")),
        "zh-Hans": (_("Simplified Chinese"), _("The wording in Simplified Chinese.")),
    },
)


class TextsField(property):
    """A text in the portal's languages: one column a language, and which of them are the editors' own words.

    `record.title` is a language map, and takes one; the columns are `title_en`, `title_ko`,
    `title_zh_hans` and `title_editorial`.
    """

    def __init__(self, member: Member):
        long = isinstance(member, Texts) and member.long
        super().__init__(self.read, self.write)
        self.name = ""
        self.columns: dict[str, models.Field] = {}
        for language in LANGUAGES:
            self.columns[column(language)] = TextColumn(
                long=long,
                max_length=LONG if long else ONE_LINE,
                verbose_name=format_lazy(
                    "{} ({})", member.label, dict(LANGUAGE_COLUMNS.choices)[language]
                ),
                help_text=member.sentence,
            )
        self.columns["editorial"] = CodesField(
            Code(
                format_lazy("{} – {}", member.label, _("our own words")),
                _("Tick the languages whose wording is the editors' own rather than official."),
                vocabulary=LANGUAGE_COLUMNS,
                many=True,
            )
        )

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Give the model the columns, and itself under the name."""
        self.name = name
        for suffix, field in self.columns.items():
            field.contribute_to_class(cls, f"{name}_{suffix}")
        setattr(cls, name, self)

    def read(self, record: models.Model) -> dict[str, str | None]:
        """The language map; null where a language is missing."""
        return {language: getattr(record, self.column(language)) or None for language in LANGUAGES}

    def write(self, record: models.Model, texts: Mapping[str, str | None] | None) -> None:
        """Take over a language map; languages that it does not name become unknown."""
        for language in LANGUAGES:
            setattr(record, self.column(language), (texts or {}).get(language) or "")

    def column(self, language: str) -> str:
        """The name of a language's column."""
        return f"{self.name}_{column(language)}"
