"""One set of filters per kind, for its page, feed, download and API alike.

All of it follows from the catalogue: a filter for each facet, the search words, the kind's own
date, and the order. A set reads the gazette's own tables only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import DEFAULT_SORT, KINDS, SORTS
from cooperation.gazette import listing
from cooperation.gazette.models import Current
from cooperation.gazette.shapes import CITATION, member_at
from cooperation.gazette.shapes.types import Code, Member
from cooperation.gazette.shapes.vocabularies import Vocabulary
from cooperation.rules.dates import PartialDate, parse_date
from cooperation.rules.keys import KEY_MAX_LENGTH, is_key

Q_LENGTH = 200
MOST_VALUES = 50
SORTED_BY = tuple(sign + name for name in SORTS for sign in ("", "-"))


def facet_member(kind: str, facet: str) -> Member:
    """The member of the kind's documents whose values the facet holds."""
    path = KINDS[kind].all_facets[facet][0]
    above, _dot, name = path.rpartition(".")
    member = CITATION[name] if above == "citations" else member_at(kind, path)
    assert member is not None, f"{kind} has no {path}"
    return member


def facet_label(kind: str, facet: str) -> str | Promise:
    """What people call the facet: the kind that it refers to, else the label of the member."""
    return KINDS[facet].label if facet in KINDS else facet_member(kind, facet).label


def facet_vocabulary(kind: str, facet: str) -> Vocabulary | None:
    """The code list from which the facet's values come; None where they are keys of records."""
    member = _coded(kind, facet)
    return member.vocabulary if member else None


def _coded(kind: str, facet: str) -> Code | None:
    path = KINDS[kind].all_facets[facet][0]
    member = facet_member(kind, facet)
    # Money holds its currency without declaring it as a member of its own.
    return member if isinstance(member, Code) else None


def wrong(message: Any, value: str, allowed: tuple[str, ...] = ()) -> forms.ValidationError:
    """A refusal that also tells programs which value is meant, and what would be allowed."""
    return forms.ValidationError(message, params={"value": value[:80], "allowed": allowed})
