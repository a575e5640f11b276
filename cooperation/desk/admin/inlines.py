"""Which lists a form shows as rows: read off the shape of the kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from cooperation.gazette.shapes import CITATION, link_lists, part_lists, shape
from cooperation.gazette.shapes.types import Member, inner

from .citations import CitationInline
from .layout import part_fields
from .links import LinkInline
from .parts import PartInline, kind_of


@cache
def inlines_of(model: Any) -> list[type[PartInline]]:
    """The inlines of a kind: its lists in the order of the shape, and its citations."""
    return list(_inlines(model, kind_of(model)))


def _inlines(model: Any, kind: str) -> Iterator[type[PartInline]]:
    parts, links = part_lists(kind), link_lists(kind)
    for name, member in shape(kind).members.items():
        if name in parts:
            fields = part_fields(inner(member))
            yield _inline(PartInline, model, name, member.sentence, fields)
        elif name in links:
            yield _inline(LinkInline, model, name, member.sentence, ["target"])
    # Citations have neither id nor place.
    why = _("Where it is said: every figure, and at least one claim, needs a passage of a source.")
    members: Mapping[str, Member] = CITATION
    yield _inline(CitationInline, model, "citations", why, part_fields(members)[:-1])


def _inline(
    sort: type[PartInline], model: Any, name: str, sentence: Any, fields: list[Any]
) -> type[PartInline]:
    """The inline of one list."""
    row: Any = model._meta.get_field(name).related_model
    attributes = {"model": row, "fieldsets": [(None, {"fields": fields})], "sentence": sentence}
    return type(f"{row.__name__}Inline", (sort,), attributes)
