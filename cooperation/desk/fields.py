"""Model fields that take their label, sentence and codes from the shapes.

What people read is left out of migrations: a better sentence is no change of the database.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.gazette.shapes.types import Code, Date, Member, Reference, Text
from cooperation.rules import addresses, dates, keys, money
from cooperation.rules.texts import clean_text

from .forms import (
    AmountFormField,
    CodesFormField,
    LinesFormField,
    LongTextFormField,
    ReportedAsFormField,
    refused,
)

ONE_LINE = 500
LONG = 20_000
# Django would hide the first value in the form, as text, and compare with that.
IN_SIGHT = {"show_hidden_initial": False}


class Worded(models.Field):
    """A field whose label, sentence and codes come from a member of a shape."""

    member: Member | None

    def __init__(self, member: Member | None = None, **kwargs: Any):
        self.member = member
        if member:
            kwargs.setdefault("verbose_name", member.label)
            kwargs.setdefault("help_text", member.sentence)
        if isinstance(member, Code) and not member.many:
            kwargs.setdefault("choices", member.vocabulary.choices)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for words in ("verbose_name", "help_text", "choices"):
            kwargs.pop(words, None)
        return name, path, args, kwargs


class TextColumn(Worded, models.TextField):
    """A text in one form of Unicode, without hidden characters; empty where unknown."""

    def __init__(self, member: Member | None = None, *, long: bool | None = None, **kwargs: Any):
        self.long = bool(member.long if isinstance(member, Text) and long is None else long)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("max_length", LONG if self.long else ONE_LINE)
        super().__init__(member, **kwargs)

    def to_python(self, value: Any) -> Any:
        if value is None:
            return ""
        return refused(clean_text, value, self.max_length, one_line=not self.long)

    def formfield(self, **kwargs: Any) -> Any:
        if not self.long:
            # Set here whatever was asked for: the admin would give any text column a large box.
            kwargs["widget"] = forms.TextInput(attrs={"class": "vTextField"})
            return super().formfield(**kwargs)
        return super().formfield(**{"form_class": LongTextFormField, **kwargs})


class CodeField(Worded, models.CharField):
    """A code of a vocabulary; empty where unknown."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("max_length", 40)
        if kwargs.get("blank"):
            kwargs.setdefault("default", "")
        super().__init__(member, **kwargs)


class KeyField(Worded, models.CharField):
    """A permanent name in lower-case Latin letters and digits, with hyphens between them."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("max_length", keys.KEY_MAX_LENGTH)
        super().__init__(member, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value("" if value is None else value)

    def formfield(self, **kwargs: Any) -> Any:
        # Two rows of a form that leave it empty are not two rows with the same key.
        return super().formfield(**{"empty_value": None, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not keys.is_key(value):
            raise ValidationError(
                _(
                    "Use small Latin letters and digits with single hyphens between, such as alibaba-group."
                )
            )


class EdtfField(Worded, models.CharField):
    """A date as exact as it is known, in EDTF: 2015, 2015-01, 2015-01-28; empty where unknown."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        self.interval = isinstance(member, Date) and member.interval
        kwargs.setdefault("max_length", 21)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(member, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if not text:
            return ""
        return refused(dates.parse if self.interval else dates.parse_date, text).text


class AddressField(Worded, models.CharField):
    """A web address that is safe to publish as a link; empty where unknown."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("max_length", addresses.MAX_LENGTH)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(member, **kwargs)

    def to_python(self, value: Any) -> Any:
        return refused(addresses.web_address, value) if value else ""


class AmountField(Worded):
    """An exact decimal number, kept as canonical text so that no database rounds it; null where unknown."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("max_length", 2 * money.MAX_DIGITS)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(member, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        return refused(money.parse_amount, value.strip() if isinstance(value, str) else value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def get_prep_value(self, value: Any) -> str | None:
        return (
            None if value is None or value == "" else money.amount_text(money.parse_amount(value))
        )

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": AmountFormField, **kwargs})


class CodesField(Worded, models.JSONField):
    """A list of codes of a vocabulary, each once."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        self.vocabulary = member.vocabulary if isinstance(member, Code) else None
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(member, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or len(set(map(str, value))) < len(value):
            raise ValidationError(_("Give a list of codes, each once."))
        for code in value:
            if self.vocabulary and code not in self.vocabulary.codes:
                raise ValidationError(
                    _("“%(code)s” is not a code of this list."), params={"code": code}
                )

    def formfield(self, **kwargs: Any) -> Any:
        choices = self.vocabulary.choices if self.vocabulary else ()
        return models.Field.formfield(
            self, **{**IN_SIGHT, "form_class": CodesFormField, "choices": choices, **kwargs}
        )


class LinesField(Worded, models.JSONField):
    """A list of short texts, one a line in forms; an e-mail address is refused."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(member, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError(_("Give a list of texts."))
        lines = [refused(clean_text, line, ONE_LINE, one_line=True) for line in value]
        if any("@" in line for line in lines):
            raise ValidationError(_("Write names only; an e-mail address is not published."))
        return [line for line in lines if line]

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{**IN_SIGHT, "form_class": LinesFormField, **kwargs})


class ReportedAsField(Worded, models.JSONField):
    """The same amount in other currencies, as the source itself gives it: text, amount and currency each."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(member, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError(_("Give a list of amounts."))
        return [reported(entry) for entry in value]

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(
            self, **{**IN_SIGHT, "form_class": ReportedAsFormField, **kwargs}
        )


def reported(entry: Any) -> dict[str, str]:
    """The entry in canonical form; ValidationError where it has no text, amount or currency."""
    if not isinstance(entry, dict) or entry.keys() != {"text", "amount", "currency"}:
        raise ValidationError(_("Each needs the text as printed, the amount and the currency."))
    text = refused(clean_text, entry["text"], ONE_LINE, one_line=True)
    amount = refused(money.parse_amount, entry["amount"])
    if not text or amount < 0 or not money.is_currency(str(entry["currency"])):
        raise ValidationError(
            _(
                "Give a text, an amount that is not negative and an ISO 4217 currency code such as USD."
            )
        )
    return {"text": text, "amount": money.amount_text(amount), "currency": entry["currency"]}


class ReferenceField(Worded, models.ForeignKey):
    """Another record, which cannot be deleted while it is referred to."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        if isinstance(member, Reference):
            kwargs.setdefault("to", f"desk.{member.kinds[0].capitalize()}")
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("related_name", "+")
        if kwargs.get("null"):
            kwargs.setdefault("blank", True)
        super().__init__(member, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Look for the record that is referred to, unless it has been read already."""
        at_hand = self.get_cached_value(model_instance, default=None)
        if at_hand is None or at_hand.pk != value:
            super().validate(value, model_instance)
        else:
            models.Field.validate(self, value, model_instance)


class FlagField(Worded, models.BooleanField):
    """Yes or no; no until somebody says yes."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("default", False)
        super().__init__(member, **kwargs)


class NumberField(Worded, models.PositiveIntegerField):
    """A whole number from 0; null where unknown."""

    def __init__(self, member: Member | None = None, **kwargs: Any):
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(member, **kwargs)
