"""Which entries of the register say that an edition's text was removed."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Edition

NAMED = "№{};"
"""How the reason of a `redacted` entry names an edition that was emptied; the triggers look for it too."""


def redactions(edition: Edition) -> QuerySet[Edition]:
    """The later `redacted` entries of its record that name the edition among those that they emptied."""
    later = Edition.objects.filter(kind=edition.kind, key=edition.key, number__gt=edition.number)
    named = NAMED.format(edition.number)
    return later.filter(action=Edition.Action.REDACTED, reason__contains=named)
