"""Form fields for values that have no form field of Django's own: lists of codes, lines, reported amounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORT_LIST = 20
REPORTED_LENGTH = 200


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
