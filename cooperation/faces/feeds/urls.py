"""Addresses of the feeds, in each language."""

from django.urls import URLPattern, URLResolver, path

from cooperation.catalogue import KINDS, Kind

from . import calendars
from .views import of_list, of_portal, of_record


def of_kind(kind: Kind) -> list[URLPattern]:
    """The feeds of one kind, and the calendar of one whose records take place."""
    given = {"kind": kind.name}
    calendar = path(
        f"{kind.plural}/calendar.ics", calendars.of_list, given, name=f"{kind.name}-calendar"
    )
    return [
        *([calendar] if kind.takes_place else []),
        path(f"{kind.plural}/feed.atom", of_list, given, name=f"{kind.name}-list"),
        path(f"{kind.plural}/<slug:key>/feed.atom", of_record, given, name=f"{kind.name}-detail"),
    ]


app_name = "feeds"
urlpatterns: list[URLPattern | URLResolver] = [
    path("feed.atom", of_portal, name="portal"),
    *(pattern for kind in KINDS.values() for pattern in of_kind(kind)),
]
