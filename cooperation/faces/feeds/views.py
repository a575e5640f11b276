"""The feeds: of the whole register, of a list with its filters, and of one record."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.faces.answers import conditional
from cooperation.faces.filters import filterset
from cooperation.gazette import listing, reading
from cooperation.gazette.presenting import entry, summary
from cooperation.rules.languages import from_django, pick

from .atom import add, answer, feed

SHOWN = 50

feed_view = conditional("atom")


@feed_view
def of_portal(request: HttpRequest) -> HttpResponse:
    """The newest entries of the register."""
    language = _language()
    made = feed(
        request,
        _("Cooperation Portal"),
        _("Every edition that is entered in the register."),
        reverse("pages:gazette"),
        language,
    )
    editions = reading.register(None, SHOWN)
    titles = listing.titles_of((edition.kind, edition.key) for edition in editions)
    for edition in editions:
        shown = entry(edition.header(), language)
        known = titles.get((edition.kind, edition.key))
        title = pick(known, language, settings.PORTAL_MAIN_LANGUAGE).text or edition.key
        add(made, request, shown, f"{shown.action_label}: {title}", shown.reason, shown.language)
    return answer(made)


@feed_view
def of_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of a filtered list, those changed last first."""
    language = _language()
    filters = filterset(kind)(request.GET)
    if not filters.is_valid():
        # A feed cannot say that it left a filter out, and would bring everything.
        raise BadRequest
    page = reverse(f"pages:{kind}-list")
    query = request.META.get("QUERY_STRING", "")
    made = feed(
        request,
        _("%(kind)s – Cooperation Portal") % {"kind": KINDS[kind].label_plural},
        str(KINDS[kind].sentence),
        f"{page}?{query}" if query else page,
        language,
    )
    for row in filters.qs.order_by("-pk")[:SHOWN]:
        shown = summary(row, language)
        if shown.lead:
            told, spoken = shown.lead.text, shown.lead.language
        else:
            told, spoken = shown.entry.reason, shown.entry.language
        add(made, request, shown.entry, shown.title.text, told, spoken)
    return answer(made)


@feed_view
def of_record(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The entries about one record, newest first; 404 where there are none."""
    language = _language()
    editions = reading.headers_of(kind, key, SHOWN)
    if not editions:
        raise Http404
    titled = reading.newest_text(kind, key)
    known = titled.content["title"] if titled and titled.content else None
    title = pick(known, language, settings.PORTAL_MAIN_LANGUAGE).text or key
    made = feed(
        request,
        _("%(title)s – Cooperation Portal") % {"title": title},
        _("Every edition of this record."),
        reverse(f"pages:{kind}-detail", args=[key]),
        language,
    )
    for edition in editions:
        shown = entry(edition.header(), language)
        heading = _("No. %(number)s: %(action)s") % {
            "number": edition.number,
            "action": shown.action_label,
        }
        add(made, request, shown, heading, shown.reason, shown.language)
    return answer(made)


def _language() -> str:
    return from_django(get_language() or "en")
