"""Addresses of the pages: four for each kind, the copy of a source, and those of the whole site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from cooperation.catalogue import KINDS, Kind

from .abouts import about, accessibility, data, privacy
from .calendars import months
from .copies import copy
from .histories import edition, history
from .homes import home
from .lists import records
from .records import record
from .registers import register
from .searches import search
from .styleguides import styleguide


def of_kind(kind: Kind) -> list[URLPattern]:
    """The pages of one kind."""
    given = {"kind": kind.name}
    name, plural = kind.name, kind.plural
    return [
        path(f"{plural}/", records, given, name=f"{name}-list"),
        path(f"{plural}/<slug:key>/", record, given, name=f"{name}-detail"),
        path(f"{plural}/<slug:key>/history/", history, given, name=f"{name}-history"),
        path(f"{plural}/<slug:key>/editions/<int:number>/", edition, given, name=f"{name}-edition"),
    ]


app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("calendar/", months, name="calendar"),
    path("gazette/", register, name="gazette"),
    path("data/", data, name="data"),
    path("about/", about, name="about"),
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
    path("sources/<slug:key>/copy/", copy, {"kind": "source"}, name="source-copy"),
    *(pattern for kind in KINDS.values() for pattern in of_kind(kind)),
]

# For who works on the portal; readers have no such address.
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
