"""The form of a source: its kept copy is a file that is uploaded, or a text that is pasted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.desk.copies import storing
from cooperation.desk.copies.examining import Examined, examined
from cooperation.desk.forms import refused
from cooperation.desk.models import Source
from cooperation.desk.models.sources import MEDIA_TYPES

from .guards import RecordForm
from .widgets import ours


@dataclass(frozen=True)
class Shown:
    """The kept file as the form names it: where it is found, what it is and how long."""

    url: str
    words: str

    def __str__(self) -> str:
        return self.words


def shown(source: Source | None) -> Shown | None:
    """The file that a source keeps, for its form; None where it keeps none."""
    if source is None or not source.kept_name:
        return None
    said = f"{MEDIA_TYPES.label(source.kept_type, ours())}, {filesizeformat(source.kept_size)}"
    return Shown(reverse("admin:desk_source_copy", args=[source.pk]), said)


def read_from_file(source: Source | None) -> bool:
    """Whether the words of the kept copy were read from its file, so that nobody types them."""
    return bool(source and source.kept_name and source.kept_text and not source.kept_typed)


class KeptFile(AdminFileWidget):
    """The choice of a file, and the box that takes the kept copy away."""

    clear_checkbox_label: Any = gettext_lazy("Remove the kept copy")


class SourceForm(RecordForm):
    """The form of a source; a file decides the text, and a text that is pasted takes the place of a file."""

    kept_file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A text, a web page or a PDF (.txt, .html, .pdf) of up to %(most)s MB; its words are read from it, to check quotations."
        ),
        required=False,
        widget=KeptFile(attrs={"accept": ".txt,.html,.htm,.xhtml,.pdf"}),
        # An empty file is refused below, with the others.
        allow_empty_file=True,
    )
    sent: Examined | None = None
    was_read = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "kept_text" not in self.fields:
            return  # shown to somebody who may not change it
        source: Source = self.instance
        self.was_read = read_from_file(source)
        self.initial["kept_file"] = shown(source)
        most = settings.KEPT_FILE_SIZE // 1_000_000
        file, text = self.fields["kept_file"], self.fields["kept_text"]
        file.help_text = file.help_text % {"most": most}
        if self.was_read:
            self.initial["kept_text"] = ""
            text.label = _("Text in place of the file")
            text.help_text = _("Paste a text here only to keep it instead of the file.")
        elif source.kept_name:
            text.help_text = _(
                "No text could be read from the file; paste its text here, so that quotations can be checked."
            )

    def clean_kept_file(self) -> Any:
        """What the file holds; what was sent as it is where no file was."""
        file = self.cleaned_data["kept_file"]
        if not isinstance(file, UploadedFile):
            return file
        file.seek(0)  # a form that is checked twice has read it before
        self.sent = refused(examined, file.name, file.read(settings.KEPT_FILE_SIZE + 1))
        return self.sent

    def clean(self) -> dict[str, Any] | None:
        """Let the text be what the file says, or what was pasted."""
        cleaned = super().clean()
        if not {"kept_file", "kept_text"} <= self.cleaned_data.keys():
            return cleaned
        text, is_pasted = self.cleaned_data["kept_text"], "kept_text" in self.changed_data
        if self.sent:
            if self.sent.text and text and is_pasted:
                sentence = _(
                    "Choose a file or paste a text, not both: the words of this file are read from it."
                )
                raise ValidationError({"kept_file": sentence})
            self.cleaned_data["kept_text"] = self.sent.text or text
        elif self.was_read and self.cleaned_data["kept_file"] is not False and not text:
            self.cleaned_data["kept_text"] = self.instance.kept_text
        return cleaned

    def keep(self) -> None:
        """Let the source keep what was sent; called once nothing speaks against the form."""
        source, cleaned = self.instance, self.cleaned_data
        if "kept_file" not in cleaned:
            return
        is_replaced = self.was_read and "kept_text" in self.changed_data
        if self.sent:
            storing.keep(source, self.sent, typed=cleaned["kept_text"])
        elif cleaned["kept_file"] is False or (is_replaced and cleaned["kept_text"]):
            storing.part_with(source)
        elif source.kept_name and not self.was_read:
            source.kept_typed = bool(source.kept_text)
