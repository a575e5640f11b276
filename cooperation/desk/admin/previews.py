"""What an act would do to each record, and what speaks against it, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from cooperation.desk import publishing, submitting
from cooperation.desk.checks import Finding, Level, findings
from cooperation.desk.documents import documents
from cooperation.desk.models import Record, Submission
from cooperation.gazette.differences import differences
from cooperation.gazette.entering import currents_of
from cooperation.gazette.models import Current, Edition, Reference
from cooperation.gazette.presenting import Change, changes
from cooperation.gazette.references import Label, Target, label_of, references, relabelled
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import Texts
from cooperation.gazette.upgrades import upgraded
from cooperation.rules.canonical import canonical_text, digest
from cooperation.rules.languages import empty, pick

from .widgets import ours


@dataclass(frozen=True)
class Item:
    """One record on the page: what would become of it, and what the checks say of it."""

    record: Record
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_new: bool = False
    confirmed_before: frozenset[str] = frozenset()
    """The findings that were confirmed with the last edition, and of which nothing has changed since."""
    submission: Submission | None = None
    """Who handed it in, where it is."""
    referring: int = 0
    """How many other public records name it, and will say something else of it."""

    @property
    def address(self) -> str:
        """The form on which a finding is mended."""
        return reverse(f"admin:desk_{self.record.kind}_change", args=[self.record.pk])

    @property
    def look(self) -> str:
        """The name of the page that shows it as the public would see it."""
        return f"admin:desk_{self.record.kind}_look"

    @property
    def state(self) -> str:
        """How the record stands to what is public of it, in words."""
        return str(Record.State(self.record.state).label)

    @property
    def is_changed_since(self) -> bool:
        """Whether it was changed after it was handed in."""
        return bool(self.submission and self.submission.version != self.record.version)

    @property
    def errors(self) -> list[Finding]:
        """What blocks."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """What asks to be confirmed."""
        return [finding for finding in self.findings if finding.level is Level.WARNING]


@dataclass(frozen=True)
class Preview:
    """What an act on some records would do."""

    items: tuple[Item, ...]
    seal: str
    """Stands for all that is shown; another one means that something has changed since."""
    missing: tuple[Record, ...] = field(default=())
    """Records that are named but not public; they could be published in the same act."""

    @property
    def is_blocked(self) -> bool:
        """Whether anything has to be mended first."""
        return any(item.errors for item in self.items)

    @property
    def sound(self) -> list[Record]:
        """The records on which the act could be done, where others have to be mended first."""
        return [item.record for item in self.items if not item.errors] if self.is_blocked else []

    def with_findings(self, found: Iterable[Finding]) -> Preview:
        """The same preview, with what the act itself has found beside; a reason is asked for elsewhere."""
        known = {finding.id for item in self.items for finding in item.findings}
        new = [one for one in found if one.id not in known and one.code != "reason"]
        return replace(self, items=tuple(_noted(item, new) for item in self.items))


def publication(records: Sequence[Record], by: Any) -> Preview:
    """What publishing the records together would change for the public; nothing is locked or written.

    The number of queries does not grow with the records, but for the four-eyes rule and similar names.
    """
    rendered = documents(records)
    may = all(publishing.may_publish(by, record.kind) for record in records)
    # Whoever only looks is told what there is to mend, not that somebody else has to publish it.
    found = publishing.objections(records, by, rendered) if may else findings(records, rendered)
    return _publication(records, rendered, found)


def submission(records: Sequence[Record], by: Any) -> Preview:
    """What would be handed in: the same as would be published, and what speaks against it."""
    rendered = documents(records)
    return _publication(records, rendered, submitting.obstacles(records, by, rendered))


def taking_back(records: Sequence[Record], by: Any) -> Preview:
    """The records as they are handed in, and whether the user may take them back."""
    return _standing(records, submitting.of_others(records, by))


def sending_back(records: Sequence[Record], by: Any) -> Preview:
    """The records as they are handed in, to be sent back."""
    handed_in = submitting.open_submissions(records)
    return _standing(records, submitting.not_handed_in(records, handed_in))


def _standing(records: Sequence[Record], found: Sequence[Finding]) -> Preview:
    handed_in = submitting.open_submissions(records)
    items = [Item(one, submission=handed_in.get((one.kind, one.pk))) for one in records]
    seal = _seal([{"version": record.version, "key": record.key} for record in records])
    return Preview(tuple(_noted(item, found) for item in items), seal)


def _publication(
    records: Sequence[Record], rendered: Sequence[dict[str, Any]], found: Sequence[Finding]
) -> Preview:
    named = {target for document in rendered for _path, target in references(document)}
    public = currents_of({*named, *map(_target, records)})
    labels = {target: label_of(row.content) for target, row in public.items()}
    labels |= {(d["kind"], d["key"]): label_of(d) for d in rendered}
    missing = _missing(named - labels.keys())
    # What is not public yet is called as the desk calls it.
    labels |= {(one.kind, one.key): Label(one.kind, one.key, None, one.title) for one in missing}
    referring = _referring(records, public)
    handed_in = submitting.open_submissions(records)
    items = []
    for record, document in zip(records, rendered, strict=True):
        target = _target(record)
        row = public.get(target)
        before = upgraded(row.content) if row else unwritten(record.kind)
        after = relabelled(document, labels)
        shown = changes(before, after, ours())
        is_renamed = row is None or label_of(row.content) != labels[target]
        item = Item(
            record,
            tuple(shown),
            is_new=row is None,
            confirmed_before=frozenset(_confirmed(found, target, before, after) if row else ()),
            submission=handed_in.get((record.kind, record.pk)),
            referring=referring.get(target, 0) if is_renamed else 0,
        )
        items.append(_noted(item, found))
    return Preview(tuple(items), _seal(rendered), tuple(missing))


def _confirmed(
    found: Iterable[Finding], target: Target, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[str]:
    """The inferences that stand in the last edition as they do now, with the value that they are of."""
    changed = [one.path for one in differences(before, after)]
    for finding in found:
        path = finding.path
        if finding.code != "inferred" or (finding.kind, finding.key) != target:
            continue
        is_touched = any(
            f"{one}/".startswith(f"{path}/") or f"{path}/".startswith(f"{one}/") for one in changed
        )
        if path and not is_touched and _inferences(before, path) == _inferences(after, path):
            yield finding.id


def _inferences(document: Mapping[str, Any], path: str) -> list[Any]:
    return [one for one in document["citations"] if one["path"] == path and one["inferred"]]


def unwritten(kind: str) -> dict[str, Any]:
    """What is public of a record before its first edition; beside it every language of a text shows."""
    texts = [name for name, member in shape(kind).members.items() if isinstance(member, Texts)]
    return {name: empty() for name in ("title", *texts)}


def withdrawal(records: Sequence[Record], by: Any) -> Preview:
    """What withdrawing the records would do: who names them, and whether they are public at all."""
    public = currents_of(map(_target, records))
    referring = _referring(records, public)
    items = [
        Item(
            record,
            findings=tuple(publishing.hindrances([record], by)),
            referring=referring.get(_target(record), 0),
        )
        for record in records
    ]
    return Preview(tuple(items), _seal([{"number": row.pk} for row in public.values()]))


def _referring(records: Sequence[Record], public: Mapping[Target, Current]) -> dict[Target, int]:
    """How many public records, those of the act aside, name each of the records. One query."""
    own = [public[target].pk for target in map(_target, records) if target in public]
    rows = Reference.objects.filter(to_key__in=[record.key for record in records])
    counted = rows.exclude(current_id__in=own).values_list("to_kind", "to_key")
    return {
        (kind, key): count
        for kind, key, count in counted.annotate(Count("current_id", distinct=True))
    }


def title(edition: Edition) -> str:
    """What the record of an edition is called."""
    content: Mapping[str, Any] = edition.content or {}
    return pick(content.get("title"), ours(), settings.PORTAL_MAIN_LANGUAGE).text or edition.key


def _noted(item: Item, found: Iterable[Finding]) -> Item:
    own = [f for f in found if (f.kind, f.key) == _target(item.record)]
    return replace(item, findings=(*item.findings, *own))


def _seal(rendered: Iterable[Mapping[str, Any]]) -> str:
    return digest("\n".join(canonical_text(document) for document in rendered))


def _target(record: Record) -> Target:
    return record.kind, record.key


def _missing(targets: Iterable[Target]) -> list[Record]:
    """The records at the desk that are referred to and not public, one query a kind."""
    keys: dict[str, list[str]] = {}
    for kind, key in sorted(targets):
        keys.setdefault(kind, []).append(key)
    return [
        record
        for kind, some in keys.items()
        for record in apps.get_model("desk", kind)
        ._default_manager.filter(key__in=some)
        .order_by("pk")
        if record.state != Record.State.MERGED
    ]
