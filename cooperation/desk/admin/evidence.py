"""The kept texts beside a form, and the passages that become citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cooperation.desk.checks.uncited import Cited, Uncited, citable, paths_cited, uncited
from cooperation.desk.documents import document
from cooperation.desk.models import Record, Source
from cooperation.gazette.presenting import Wording
from cooperation.gazette.presenting.changes import label_at
from cooperation.gazette.presenting.wording import COMMAS
from cooperation.gazette.references import Label, references, relabelled
from cooperation.rules.languages import LANGUAGES, column, django_code

from . import readings
from .parts import kind_of
from .ways import Way
from .widgets import long_columns, ours

Document = Mapping[str, Any]
TITLES = [f"title_{column(language)}" for language in LANGUAGES]


class Place(NamedTuple):
    """What may be cited for: its path, and what people call it."""

    path: str
    label: str


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""

    def page(request: HttpRequest) -> Any:
        return readings.answer(admin, request)

    name = f"desk_{admin.model._meta.model_name}_evidence"
    return [path("evidence/", admin.admin_site.admin_view(page), name=name)]


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record: nothing, for the texts stand beside it."""
    return []


def beside(admin: Any, request: HttpRequest, record: Any) -> dict[str, Any]:
    """What a form shows beside the record as it is stored: what lacks a citation, and its sources."""
    stored = record and type(record)._base_manager.get(pk=record.pk)
    kind = kind_of(admin.model)
    said = stored and _named(document(stored))
    told = _Told(kind, said)
    may_read = readings.may_read(request)
    return {
        "address": reverse(f"admin:desk_{admin.model._meta.model_name}_evidence"),
        "record": record,
        "may_cite": may_read and _may_cite(admin, request, record),
        "may_read": may_read,
        "may_add": request.user.has_perm("desk.add_source"),
        "sources": _sources(stored) if stored and may_read else (),
        "places": told.places(),
        "lacking": told.lacking() if said else None,
        "locators": dict(_locators()),
    }


def _named(said: Document) -> Document:
    """The document with the titles of the records that it names, as the desk has them: one query a kind."""
    keys: dict[str, set[str]] = defaultdict(set)
    for _path, (kind, key) in references(said):
        keys[kind].add(key)
    labels = {}
    for kind, named in keys.items():
        rows = apps.get_model("desk", kind)._base_manager.filter(key__in=named)
        for key, *titles in rows.values_list("key", *TITLES):
            title = dict(zip(LANGUAGES, titles, strict=True))
            labels[kind, key] = Label(kind, key, None, title)
    found: Document = relabelled(said, labels)
    return found


def _may_cite(admin: Any, request: HttpRequest, record: Any) -> bool:
    may: bool = (
        admin.has_change_permission(request, record)
        if record
        else admin.has_add_permission(request)
    )
    return may


def _sources(record: Any) -> list[Source]:
    """The sources that a record cites, with whether they keep a text; a source itself first of all."""
    cited = Q(pk__in=record.citations.values("source"))
    own = Q(pk=record.pk) if isinstance(record, Source) else Q()
    found = Source._base_manager.filter(cited | own if own else cited)
    short = found.annotate(keeps_text=~Q(kept_text="")).defer(*long_columns(Source))
    return list(short.order_by("pk"))


class _Told:
    """What may be cited for in a record, in the words of people."""

    def __init__(self, kind: str, said: Document | None):
        self._kind, self._said = kind, said
        self._lacking = uncited(kind, said) if said else Uncited([], [])
        self._wording = Wording(said or {"kind": kind}, ours())

    def places(self) -> dict[str, list[Place]]:
        """What may be cited for, parted into what has no citation yet, figures first, and what has one."""
        cited = Cited(paths_cited(self._said) if self._said else ())
        parted: dict[str, list[Place]] = {"without": [], "cited": []}
        for one in citable(self._kind, self._said):
            parted["cited" if one in cited else "without"].append(self._place(one))
        figures = set(self._lacking.figures)
        parted["without"].sort(key=lambda place: place.path not in figures)
        return parted

    def lacking(self) -> dict[str, Any]:
        """The figures and claims that no citation speaks for, and how many they are in words."""
        figures, claims = map(len, self._lacking)
        words = [
            ngettext("%(count)s figure", "%(count)s figures", figures) % {"count": figures},
            ngettext("%(count)s claim", "%(count)s claims", claims) % {"count": claims},
        ]
        counted = [word for word, count in zip(words, (figures, claims), strict=True) if count]
        return {
            "words": COMMAS[ours()].join(counted),
            "figures": [self._place(one) for one in self._lacking.figures],
            "claims": [self._place(one) for one in self._lacking.claims],
        }

    def _place(self, one: str) -> Place:
        return Place(one, label_at(self._wording, one))


def _locators() -> Iterator[tuple[str, str]]:
    """Where a passage stands, as a citation says it in the main language: in one paragraph, in several."""
    with override(django_code(settings.PORTAL_MAIN_LANGUAGE)):
        yield "one", _("paragraph {first}")
        yield "several", _("paragraphs {first}–{last}")
