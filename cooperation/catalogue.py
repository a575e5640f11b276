"""The business on one page: every kind of record, how it is filtered, and which date is its own.

Paths lead into the kind's document (`participants.organization`): lists are gone through, a
reference stands for its key. A kind's date is the newest value of the first path that has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, its plural in addresses, and what its lists can be filtered by."""

    name: str
    plural: str
    label: str | Promise
    label_plural: str | Promise
    sentence: str | Promise
    facets: Mapping[str, tuple[str, ...]]
    date: tuple[str, ...] = ()
    date_label: str | Promise = ""
    line: tuple[str, ...] = ()
    """What a line of a list says besides codes and date: members that name others."""

    amount: tuple[str, ...] = ()
    """The sums by whose size lists are narrowed: the first of them that is known."""

    calendar: tuple[str, ...] = ()
    """What stands in the calendar: a date of the record, or of the parts in one of its lists."""

    @property
    def takes_place(self) -> bool:
        """Whether a record of the kind is itself something that takes place."""
        return any("." not in path for path in self.calendar)

    @property
    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """The kind's own facets and those that every kind has."""
        return {**self.facets, **COMMON_FACETS}


COMMON_FACETS = {"source": ("citations.source",)}
SORTS = ("updated", "date", "title")
DEFAULT_SORT = "-updated"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "initiative",
            "initiatives",
            _("Initiative"),
            _("Initiatives"),
            _("What governments and firms have said that they will do together."),
            facets={
                "status": ("status.value",),
                "sector": ("sectors",),
                "country": ("countries",),
                "organization": ("participants.organization",),
                "platform": ("platforms",),
                "agreement": ("agreements",),
            },
            date=("status.since",),
            date_label=_("Status since"),
            line=("participants",),
            calendar=("milestones.due", "targets.due"),
        ),
        Kind(
            "fund",
            "funds",
            _("Fund"),
            _("Funds"),
            _(
                "Money that was announced for a purpose, who is to give how much of it, and what was paid."
            ),
            facets={
                "status": ("status.value",),
                "country": ("countries",),
                "organization": ("commitments.contributor", "manager"),
                "currency": ("announcements.amount.currency", "commitments.amount.currency"),
            },
            date=("announcements.date",),
            date_label=_("Announced"),
            amount=(
                "totals.announced",
                "totals.committed",
                "totals.pledged",
                "totals.proposed",
                "totals.paid",
            ),
            line=("totals.announced", "commitments"),
        ),
        Kind(
            "agreement",
            "agreements",
            _("Agreement"),
            _("Agreements"),
            _("Treaties and memoranda between states and organizations, and since when they hold."),
            facets={
                "type": ("type",),
                "country": ("parties.country",),
                "organization": ("parties.organization",),
            },
            date=("signed", "concluded"),
            date_label=_("Signed or concluded"),
            line=("parties",),
        ),
        Kind(
            "engagement",
            "engagements",
            _("Engagement"),
            _("Engagements"),
            _("Visits, meetings, calls and forums: who met whom, when and where, and about what."),
            facets={
                "type": ("type",),
                "country": ("country",),
                "organization": ("attendees.organization",),
                "person": ("attendees.person",),
            },
            date=("dates",),
            date_label=_("Dates"),
            line=("attendees",),
            calendar=("dates",),
        ),
        Kind(
            "statement",
            "statements",
            _("Statement"),
            _("Statements"),
            _("What people in office have said, word for word, and where they said it."),
            facets={"person": ("speaker",), "organization": ("organization",)},
            date=("date",),
            date_label=_("Date"),
            line=("speaker", "engagement"),
        ),
        Kind(
            "organization",
            "organizations",
            _("Organization"),
            _("Organizations"),
            _("Ministries, governments, firms and associations that make or receive promises."),
            facets={"type": ("type",), "country": ("country",)},
            date=("founded",),
            date_label=_("Founded"),
        ),
        Kind(
            "person",
            "people",
            _("Person"),
            _("People"),
            _("Public figures, their names, and the posts in which they act."),
            facets={"organization": ("posts.organization",)},
            line=("posts",),
        ),
        Kind(
            "platform",
            "platforms",
            _("Platform"),
            _("Platforms"),
            _("Marketplaces and systems on which firms of one country sell in another."),
            facets={"type": ("type",), "organization": ("operator",)},
            date=("opened",),
            date_label=_("Opened"),
            line=("operator",),
        ),
        Kind(
            "source",
            "sources",
            _("Source"),
            _("Sources"),
            _("Reports, laws and releases on whose word the records stand."),
            facets={"type": ("type",), "language": ("language",), "organization": ("publisher",)},
            date=("published",),
            date_label=_("Published"),
        ),
    )
}
PLURALS: dict[str, Kind] = {kind.plural: kind for kind in KINDS.values()}
