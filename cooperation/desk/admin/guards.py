"""The lost-update guard of forms: what was opened must be what is stored when it is saved.

The row is locked before the form is checked, in the transaction that saves, so the comparison
holds until the save is done.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.desk.chronicle import REASON_LENGTH
from cooperation.desk.models import Record
from cooperation.rules.languages import column
from cooperation.rules.texts import clean_text

from .widgets import LONGEST_NUMBER, long_columns, remember_references


def signed_in(request: HttpRequest) -> User:
    """Who is at the desk; nobody comes this far without signing in."""
    assert isinstance(request.user, User)
    return request.user


class Guarded(admin.ModelAdmin):
    """Checks a form anew where somebody else was first to store what may be there only once."""

    def changeform_view(self, request: HttpRequest, *given: Any, **more: Any) -> HttpResponse:
        """The form, or where it leads; of two that are sent at once the second is shown again."""
        try:
            return super().changeform_view(request, *given, **more)
        except IntegrityError:
            # What the other has stored is there to be found now, so the checks say what is wrong.
            return super().changeform_view(request, *given, **more)


class ReasonedForm(forms.ModelForm):
    """A form that asks why something is changed; the answer goes to the history."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy(
            "Why you change it, for your colleagues; it stays in the history of the desk and is never published."
        ),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "maxlength": REASON_LENGTH}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        remember_references(self)

    def clean_reason(self) -> str:
        """The reason in clean form."""
        try:
            return clean_text(self.cleaned_data["reason"], REASON_LENGTH, one_line=True)
        except ValueError as fault:
            raise ValidationError(str(fault)) from None


class RecordForm(ReasonedForm):
    """The form of a record; it carries the version that was opened."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = str(self.instance.version)

    def is_multipart(self) -> bool:
        """Whether texts are sent as they are: otherwise a Korean letter would take nine bytes."""
        return bool(long_columns(type(self.instance))) or super().is_multipart()

    def clean(self) -> dict[str, Any] | None:
        """Refuse to save over what somebody else has saved since the form was opened."""
        cleaned = super().clean()
        record: Record = self.instance
        if record.pk is not None and self.cleaned_data.get("version") != str(record.version):
            raise ValidationError(stale(record), code="stale")
        return cleaned

    def _post_clean(self) -> None:
        """Ask for the title, and not for the key, where both are missing: the key follows from it."""
        super()._post_clean()  # type: ignore[misc] # unknown to the stubs
        title = f"title_{column(settings.PORTAL_MAIN_LANGUAGE)}"
        is_untitled = not any(self.instance.title.values())
        if is_untitled and not self.instance.key and "key" in self.errors:
            del self.errors["key"]
            self.add_error(title, _("Write the title; the key is proposed from it."))


def version_sent(request: HttpRequest) -> int:
    """The version of a record that the page showed; 0, which no record has, where none was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_NUMBER else 0


def still_there(record: Record) -> str:
    """Who changed the record that was to be deleted, and when."""
    said = _(
        "Nothing was deleted: %(who)s changed this record at %(when)s UTC, after this page was shown. "
        "Look at the record again before you delete it."
    )
    who = record.changed_by or _("somebody")
    return said % {"who": who, "when": f"{record.updated_at:%Y-%m-%d %H:%M}"}


def stale(record: Record) -> str:
    """Who changed the record meanwhile, when, and what to do now."""
    said = _(
        "Nothing was saved: {who} changed this record at {when} UTC, after you had opened it. "
        'What you typed still stands below. <a href="?" target="_blank">The record as it is now</a> opens '
        "in another tab; when you save, you choose field by field what stands."
    )
    who = record.changed_by or _("somebody")
    return format_html(said, who=who, when=f"{record.updated_at:%Y-%m-%d %H:%M}")
