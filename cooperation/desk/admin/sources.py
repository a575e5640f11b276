"""Sources at the desk: what they say of themselves, and the copy kept as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation.desk.checks.copies import Quotation, unborne
from cooperation.desk.checks.quotations import in_brief
from cooperation.desk.copies import storing
from cooperation.desk.models import Source
from cooperation.gazette.copies import attached

from .copies import SourceForm, read_from_file, shown
from .layout import Fieldset
from .lists import RecordList, StateFilter, by_code
from .records import RecordAdmin


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Reports, laws and releases."""

    form = SourceForm
    list_display = ("titled", "key", "type", "published", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, "type", by_code("source", "language"), "rights")
    search_fields: ClassVar[Any] = (*RecordList.search_fields, "website")

    # What the form shows

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Those of a record; what was read from a file stands beside it."""
        fieldsets = super().get_fieldsets(request, obj)
        if not read_from_file(obj):
            return fieldsets
        return [
            (name, {**more, "fields": [*more["fields"][:1], "kept_reading", *more["fields"][1:]]})
            if "kept_text" in more["fields"]
            else (name, more)
            for name, more in fieldsets
        ]

    def own_fieldsets(self) -> list[Fieldset]:
        """The kept copy."""
        return [(_("Kept copy"), {"fields": ["kept_file", "kept_text"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What was read from a file is not typed."""
        return [*super().get_readonly_fields(request, obj), "kept_reading"]

    @admin.display(description=_("Text read from the file"))
    def kept_reading(self, source: Source) -> SafeString:
        """The words that were read from the kept file, to be unfolded."""
        count = gettext("%(count)s characters") % {"count": f"{len(source.kept_text):,}"}
        return format_html(
            '<details class="reading"><summary>{}</summary><pre tabindex="0">{}</pre></details>',
            count,
            source.kept_text,
        )

    @admin.display(description=_("File"))
    def kept_file(self, source: Source) -> str | SafeString:
        """The link to the kept file, for those who may look at it and change nothing."""
        file = shown(source)
        return format_html('<a href="{}">{}</a>', file.url, file) if file else "–"

    # Saving

    def changeform_view(self, request: HttpRequest, *given: Any, **more: Any) -> Any:
        """The form, or where it leads; no file stays of what is not saved."""
        with storing.no_orphans():
            return super().changeform_view(request, *given, **more)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the file that was sent, once nothing speaks against the form."""
        form.keep()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rest; where the kept text is another, say what it does not bear out any more."""
        super().save_related(request, form, formsets, change)
        source = form.instance
        if change and source.said_before["kept_text"] != source.kept_text:
            lost = unborne(source)
            if lost:
                self.message_user(request, _not_borne_out(lost), messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """The form; where something else has to be mended, the file has to be chosen once more."""
        form = context["adminform"].form
        is_refused = request.method == "POST" and bool(context.get("errors"))
        if is_refused and getattr(form, "sent", None) and "kept_file" not in form.errors:
            form.add_error(
                "kept_file", _("The file was not kept yet; choose it again when you save.")
            )
        return super().render_change_form(request, context, *args, **kwargs)

    # The kept file

    def get_urls(self) -> list[Any]:
        """The pages of a record, and the file that it keeps."""
        page = self.admin_site.admin_view(self.copy)
        return [path("<path:object_id>/copy/", page, name="desk_source_copy"), *super().get_urls()]

    def copy(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The stored file, to be saved and not shown; 404 where none is kept, or not the one that was."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        source = self.get_object(request, unquote(object_id))
        if source is None or not source.kept_name:
            raise Http404
        try:
            content = storing.content_of(source)
        except storing.Missing as missing:
            raise Http404 from missing
        return attached(content, source.key, source.kept_type)


def _not_borne_out(lost: Sequence[Quotation]) -> str:
    said = gettext(
        "Quotations of this source that its kept text does not hold any more: %(count)s, such as “%(quote)s” in %(record)s. "
        "Correct these records, or keep a copy that holds the words."
    )
    first = lost[0]
    return said % {"count": len(lost), "quote": in_brief(first.quote), "record": first.record}
