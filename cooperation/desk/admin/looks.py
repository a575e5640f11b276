"""The public page of a record as it would look, for those at the desk alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cooperation.desk.documents import documents
from cooperation.desk.models import Record
from cooperation.desk.needs import today
from cooperation.desk.publishing import named_records
from cooperation.gazette.entering import currents_of
from cooperation.gazette.presenting import present
from cooperation.gazette.references import Target, label_of, references, relabelled
from cooperation.gazette.upgrades import upgraded
from cooperation.rules.languages import LANGUAGES, django_code

from .ways import Way
from .widgets import ours

NAMES = {"en": "English", "ko": "한국어", "zh-Hans": "简体中文"}


class Tongue(NamedTuple):
    """A language in which a page can be looked at, under its own name."""

    code: str
    name: str


TONGUES = [Tongue(code, NAMES[code]) for code in LANGUAGES]


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""

    def page(request: HttpRequest, object_id: str) -> HttpResponse:
        return look(admin, request, object_id)

    name = f"desk_{admin.model._meta.model_name}_look"
    return [path("<path:object_id>/look/", admin.admin_site.admin_view(page), name=name)]


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record."""
    name = f"admin:desk_{admin.model._meta.model_name}_look"
    return [Way("look", _("Preview"), f"{reverse(name, args=[record.pk])}?language={ours()}")]


def look(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """The page of the record as it stands at the desk, in the language asked for, marked as a preview."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    record = admin.get_object(request, unquote(object_id))
    if record is None:
        raise Http404
    name = admin.model._meta.model_name
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else ours()
    document, sources = drawn(type(record)._base_manager.get(pk=record.pk))
    with override(django_code(language)):
        context = {
            "page": present(document, language, sources=sources, today=today()),
            "language": language,
            "tongues": TONGUES,
            "record": record,
            "form_address": reverse(f"admin:desk_{name}_change", args=[record.pk]),
        }
        # Drawn at once: what is put off would be said in the language of the desk.
        return HttpResponse(render_to_string("admin/desk/look.html", context, request))


def drawn(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document of a record under the names of what it refers to, and those of its sources by key.

    What it refers to is called as the public knows it; what is not public yet, as the desk does.
    A fixed number of queries, whatever it refers to.
    """
    (document,) = documents([record])
    known = _documents({target for _path, target in references(document)})
    labels = {target: label_of(one) for target, one in known.items()}
    labels[record.kind, record.key] = label_of(document)
    sources = {key: one for (kind, key), one in known.items() if kind == "source"}
    return relabelled(document, labels), sources


def _documents(targets: Iterable[Target]) -> dict[Target, dict[str, Any]]:
    wanted = set(targets)
    public = {target: upgraded(row.content) for target, row in currents_of(wanted).items()}
    drafts = named_records(wanted - public.keys())
    return public | {
        (record.kind, record.key): document
        for record, document in zip(drafts, documents(drafts), strict=True)
    }
