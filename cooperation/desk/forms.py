"""Form fields for values that have no form field of Django's own: amounts, codes, lines, reported amounts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cooperation.rules import money

SHORT_LIST = 20
REPORTED_LENGTH = 200


def refused(rule: Callable[..., Any], *given: Any, **more: Any) -> Any:
    """What the rule returns; its ValueError becomes the sentence of a validation error."""
    try:
        return rule(*given, **more)
    except ValueError as fault:
        raise ValidationError(str(fault)) from None


class LongTextFormField(forms.CharField):
    """A text of several lines, whose ends every browser sends as two signs and the desk keeps as one."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class AmountFormField(forms.CharField):
    """An exact amount, typed as text: a browser's input for numbers empties what it cannot read."""

    def __init__(self, **kwargs: Any):
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The amount in plain digits; what somebody has just typed stays as it is."""
        return money.amount_text(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        return refused(money.parse_amount, text) if text else None


class CodesFormField(forms.MultipleChoiceField):
    """Several codes of a list: boxes to tick where the list is short."""

    def __init__(self, *, choices: Any = (), **kwargs: Any):
        short = len(choices) <= SHORT_LIST
        # Given last: the admin would show any JSON as text.
        kwargs["widget"] = (
            forms.CheckboxSelectMultiple if short else forms.SelectMultiple(attrs={"size": 8})
        )
        super().__init__(choices=choices, **kwargs)


class LinesFormField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **kwargs: Any):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The list as lines; what somebody has just typed stays as it is."""
        return "\n".join(map(self.line, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = "" if isinstance(value, list) else super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return not self.disabled and self.clean(data) != (initial or [])
        except ValidationError:
            return True

    def line(self, entry: Any) -> str:
        """One entry as people write it."""
        return str(entry)


class ReportedAsFormField(LinesFormField):
    """Amounts as a source gives them, one a line: `US$37.1 million = 37100000 USD`."""

    def line(self, entry: Any) -> str:
        return f"{entry['text']} = {entry['amount']} {entry['currency']}"

    def to_python(self, value: Any) -> Any:
        lines = super().to_python(value)
        return [reported_line(line, number) for number, line in enumerate(lines, start=1)]


def reported_line(line: str, number: int) -> dict[str, str]:
    """The text, amount and currency that a line gives; ValidationError that names the line."""
    text, equals, meant = line.rpartition("=")
    words = meant.split()
    if not equals or not text.strip() or len(words) != 2:
        raise ValidationError(
            _("Line %(number)s: write it as US$37.1 million = 37100000 USD, not “%(line)s”."),
            params={"number": number, "line": line[:REPORTED_LENGTH]},
        )
    from .fields import reported

    try:
        return reported({"text": text.strip(), "amount": words[0], "currency": words[1]})
    except ValidationError as fault:
        raise ValidationError(
            _("Line %(number)s: %(fault)s"),
            params={"number": number, "fault": " ".join(fault.messages)},
        ) from None
