"""The shape of each kind's documents: one file a kind, named by its plural."""

from functools import cache
from importlib import import_module

from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS

from .types import Code, Flag, Member, Number, Parts, Reference, Shape, Text, Texts, walk
from .vocabularies import Vocabulary

TITLE = Texts(
    _("Title"), _("What the record is called, in each language; the main language is required.")
)

CITATION: dict[str, Member] = {
    "path": Text(
        _("Concerns"),
        _(
            "What the passage proves: a field, a part, or a part's field, such as commitments/korea/amount."
        ),
    ),
    "source": Reference(
        _("Source"), _("The source that the passage stands in."), kinds=("source",)
    ),
    "locator": Text(
        _("Where in the source"), _("Where a reader finds the passage, such as paragraph 6.")
    ),
    "start": Number(
        _("Start"), _("Where the passage begins in the kept text, in characters from 0.")
    ),
    "end": Number(_("End"), _("Where the passage ends in the kept text, in characters from 0.")),
    "quote": Text(_("Quotation"), _("The words of the source, exactly."), long=True),
    "inferred": Flag(
        _("Inferred"), _("Tick when the value follows from the passage but is not stated in it.")
    ),
    "attributed_to": Text(
        _("According to"), _("On whose word the source says so, such as the ministry.")
    ),
    "preferred": Flag(_("Preferred"), _("Tick on the one to be believed where sources differ.")),
    "note": Text(_("Note"), _("Why it was inferred or preferred; shown to the public."), long=True),
}


@cache
def shape(kind: str) -> Shape:
    """The shape of that kind's documents."""
    declared: Shape = import_module(f"{__name__}.{KINDS[kind].plural}").SHAPE
    return declared


def schema_name(kind: str) -> str:
    """The name and version that a document of that kind carries now, such as `fund/1`."""
    return f"{kind}/{shape(kind).version}"


def vocabularies() -> dict[str, Vocabulary]:
    """Every vocabulary that any shape uses, by name."""
    found = {}
    for kind in KINDS:
        for _path, member in walk(shape(kind).members):
            if isinstance(member, Code):
                found[member.vocabulary.name] = member.vocabulary
    return dict(sorted(found.items()))


def member_at(kind: str, path: str) -> Member | None:
    """The member at a dotted path (`commitments.amount`), or None where the shape has none."""
    return dict(walk(shape(kind).members)).get(path)


def link_lists(kind: str) -> dict[str, Reference]:
    """The members of that kind that name any number of records, by name."""
    return {
        name: member
        for name, member in shape(kind).members.items()
        if isinstance(member, Reference) and member.many
    }


def part_lists(kind: str) -> dict[str, Parts]:
    """The lists of parts of that kind, by name."""
    return {
        name: member for name, member in shape(kind).members.items() if isinstance(member, Parts)
    }
