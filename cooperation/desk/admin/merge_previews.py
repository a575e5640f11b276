"""What a merger would do, as its page shows it before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.catalogue import KINDS
from cooperation.desk.checks import Finding, Level, findings
from cooperation.desk.checks.quotations import KeptText
from cooperation.desk.merging import acts, following
from cooperation.desk.merging.fields import KEPT, Choices, Field, Side
from cooperation.desk.merging.planning import AS_NAMES, Plan, plan, settled
from cooperation.desk.models import Citation, Record
from cooperation.gazette.models import Current, Reference
from cooperation.rules.canonical import canonical_text, digest
from cooperation.rules.languages import django_code

from .chronicles import LONGEST, in_brief, said
from .widgets import long_columns

SHOWN = 20


@dataclass(frozen=True)
class Option:
    """A value that may stay."""

    side: str
    words: str
    value: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """A field in which the two records differ, with the values that may stay."""

    name: str
    label: Any
    language: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Named:
    """A record as the page names it."""

    record: Record

    @property
    def state(self) -> str:
        """How the record stands to what is public of it, in words."""
        return str(Record.State(self.record.state).label)

    @property
    def address(self) -> str:
        """Its form."""
        return form_of(self.record)


@dataclass(frozen=True)
class Followers:
    """Records of one kind that name the one that goes."""

    label: Any
    count: int
    shown: list[Named]
    """The first of them."""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


@dataclass
class Preview:
    """All that a merger would do."""

    loser: Named
    survivor: Named
    seal: str
    """Stands for all that the page goes by; another one means that something has changed since."""
    chosen: str
    """Stands for the choices that the page goes by."""
    refused: list[Finding]
    choices: list[Choice] = field(default_factory=list)
    alike: list[tuple[Any, str]] = field(default_factory=list)
    """Label and value of each field that says the same in both."""
    as_names: list[Option] = field(default_factory=list)
    added: list[tuple[Any, list[str]]] = field(default_factory=list)
    """What the survivor is given, in a line each, by the list in which it stands."""
    doubles: int = 0
    left: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    followers: list[Followers] = field(default_factory=list)
    is_public: bool = False
    refreshed: int = 0
    """How many public records name the one that goes."""
    findings: list[Finding] = field(default_factory=list)
    """What has to be mended or confirmed before the survivor can be published."""

    @property
    def followed(self) -> int:
        """How many records of the desk name the one that goes."""
        return sum(one.count for one in self.followers)


def preview(loser: Record, survivor: Record, by: Any, choices: Choices) -> Preview:
    """What merging the one into the other would do; whatever is tried out is undone again."""
    rows = following.naming(loser)
    owners = rows.keys()
    names = _naming_in_public(loser)
    refused = acts.objections(loser, survivor, by)
    pair = Named(loser), Named(survivor)
    sealed = _seal(loser, survivor, owners, names), chosen(loser, survivor, choices)
    found = Preview(*pair, *sealed, refused)
    if refused:
        return found
    planned = plan(loser, survivor, choices)
    found.choices = [_choice(one, planned) for one in planned.fields if one.differs]
    found.alike = [
        (one.slot.label, _value(survivor, one)) for one in planned.fields if _is_alike(one)
    ]
    found.as_names = _as_names(planned)
    found.added = [(_list_label(loser, n), list(map(in_line, r))) for n, r in planned.added.items()]
    found.doubles = planned.doubles
    found.left, found.removed = (
        [in_line(r) for r in some] for some in (planned.left, planned.removed)
    )
    found.followers = list(_followers(owners - {_owner(survivor)}))
    found.is_public = loser.state in acts.PUBLIC
    found.refreshed = len(names)
    found.findings = [
        *_lost(planned, [row for some in rows.values() for row in some]),
        *_findings_after(loser, survivor, by, choices),
    ]
    return found


def seal(loser: Record, survivor: Record) -> str:
    """What the page goes by: both records, what names the one that goes, and what is public of that."""
    return _seal(loser, survivor, following.naming(loser).keys(), _naming_in_public(loser))


def chosen(loser: Record, survivor: Record, choices: Choices) -> str:
    """By which choices the page says what moves: as they were sent, or by default."""
    return digest(canonical_text(settled(loser, survivor, choices)))


def in_line(row: Any) -> str:
    """What a row says, with its id or what it concerns."""
    called = getattr(row, "part_id", "") or getattr(row, "path", "")
    return " · ".join(filter(None, [called, in_brief(row)])) or str(row)


def form_of(record: Record) -> str:
    """The address of the record's form."""
    return reverse(f"admin:desk_{record.kind}_change", args=[record.pk])


def _seal(loser: Record, survivor: Record, owners: Iterable[following.Owner], names: Any) -> str:
    concerned = following.numbered({*owners, _owner(loser), _owner(survivor)})
    stored = []
    for kind, numbers in concerned.items():
        rows = apps.get_model("desk", kind)._base_manager.filter(pk__in=numbers).order_by("pk")
        stored += [[kind, *row] for row in rows.values_list("pk", "version", "state")]
    return digest(canonical_text({"records": stored, "public": names}))


def _owner(record: Record) -> following.Owner:
    return record.kind, record.pk


def _naming_in_public(loser: Record) -> list[int]:
    """The editions of the public documents that name the record, its own aside."""
    rows = Reference.objects.filter(to_kind=loser.kind, to_key=loser.key)
    own = Current.objects.filter(kind=loser.kind, key=loser.key)
    named = rows.exclude(current__in=own).values_list("current_id", flat=True)
    return sorted(set(named))


def _is_alike(one: Field) -> bool:
    return not one.differs and not one.is_empty


def _choice(one: Field, planned: Plan) -> Choice:
    """The values to choose from; an empty one can be chosen too, so that nothing has to be taken over."""
    keys = planned.survivor.key, planned.loser.key
    words = dict(zip(Side, (*keys, _("Both")), strict=True))
    values = {Side.SURVIVOR: one.ours, Side.LOSER: one.theirs}
    if one.is_list:
        together = Field(one.slot, one.ours, one.theirs, Side.BOTH)
        values[Side.BOTH] = together.result
    options = tuple(
        Option(side.value, words[side], _written(one, value), side is one.side)
        for side, value in values.items()
    )
    language = django_code(one.slot.language) if one.slot.language else ""
    return Choice(one.name, one.slot.label, language, options)


def _value(record: Record, one: Field) -> str:
    return _written(one, one.ours)


def _written(one: Field, values: tuple[Any, ...]) -> str:
    """The values as people read them; of a kept copy what it is."""
    if one.name == KEPT:
        return _kept(one, values)
    row = one.slot.columns[0].model()
    setattr(row, one.slot.columns[0].attname, values[0])
    column = one.slot.columns[0]
    if column.related_model is not None and values[0] is not None:
        named = column.related_model._base_manager.defer(*long_columns(column.related_model))
        setattr(row, column.name, named.get(pk=values[0]))
    text = said(row, column)
    shown = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    own = bool(one.slot.language) and values[1]
    return _("%(text)s (our own words)") % {"text": shown} if own else shown


def _kept(one: Field, values: tuple[Any, ...]) -> str:
    kept = {column.name: value for column, value in zip(one.slot.columns, values, strict=True)}
    told = [kept["kept_type"], kept["kept_sha256"][:12]]
    if kept["kept_text"]:
        told.append(_("%(count)s characters") % {"count": f"{len(kept['kept_text']):,}"})
    return ", ".join(filter(None, told))


def _as_names(planned: Plan) -> list[Option]:
    if not planned.as_names:
        return []
    return [
        Option(code, str(words), "", code == planned.as_names) for code, words in AS_NAMES.items()
    ]


def _list_label(record: Record, name: str) -> str:
    model: Any = record._meta.get_field(name).related_model
    return str(model._meta.verbose_name_plural)


def _followers(owners: Any) -> Iterator[Followers]:
    """The records that name the one that goes, by their kind; two queries a kind."""
    for kind, numbers in following.numbered(owners).items():
        model: Any = apps.get_model("desk", kind)
        rows = model._base_manager.filter(pk__in=numbers).exclude(state=Record.State.MERGED)
        shown = rows.order_by("key").defer(*long_columns(model))[:SHOWN]
        count = rows.count()
        if count:
            label = KINDS[kind].label_plural
            yield Followers(label, count, list(map(Named, shown)))


def _lost(planned: Plan, rows: Iterable[Any]) -> list[Finding]:
    """That quotations of others do not stand in the kept copy that stays."""
    copy = next((one for one in planned.fields if one.name == KEPT), None)
    kept = KeptText(copy.result[0]) if copy else None
    if not kept or not kept.text:
        return []
    quoted = [row for row in rows if isinstance(row, Citation) and row.quote]
    count = sum(not kept.holds(row.quote) for row in quoted)
    said = ngettext(
        "%(count)s quotation from the other record does not occur in the kept copy that stays; choose the other copy, or mend it where it is cited.",
        "%(count)s quotations from the other record do not occur in the kept copy that stays; choose the other copy, or mend them where they are cited.",
        count,
    )
    survivor = planned.survivor
    sentence = f"{survivor.name}: {said % {'count': count}}"
    warning = Finding(Level.WARNING, "quotations-lost", survivor.kind, survivor.key, KEPT, sentence)
    return [warning] if count else []


def _findings_after(loser: Record, survivor: Record, by: Any, choices: Choices) -> list[Finding]:
    """What the checks would say of the survivor; it is tried out and undone."""
    with transaction.atomic():
        tried = acts.concrete(survivor)
        type(loser)._base_manager.filter(pk=loser.pk).update(successor=survivor.key)
        try:
            plan(loser, tried, choices).carry_out(by=by, reason="")
            found = [acts.circle(tried)] if acts.in_circle(tried, loser) else findings([tried])
        except ValidationError as fault:
            found = acts.broken(tried, fault)
        transaction.set_rollback(True)
    return found
