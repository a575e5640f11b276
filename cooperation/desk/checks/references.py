"""Checks of references: what a document names has to be public, or to become so in the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.apps import apps
from django.utils.translation import gettext as _

from cooperation.desk.models import Record
from cooperation.gazette.references import Target, references
from cooperation.gazette.shapes import part_lists
from cooperation.gazette.shapes.types import PartName

from .findings import Finding, Subject

PUBLIC = {Record.State.PUBLISHED, Record.State.CHANGED}


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: a reference to what is not public; a part that replaces one that is not there."""
    together = {(subject.record.kind, subject.record.key) for subject in subjects}
    named = [(s, path, target) for s in subjects for path, target in _places(s)]
    targets = _records({target for _s, _path, target in named} - together)
    for subject, path, target in named:
        record = targets.get(target)
        if record is not None and record.state not in PUBLIC:
            yield subject.error("reference-not-public", path, _not_public(record))
    for subject in subjects:
        yield from _replacements(subject)


def _places(subject: Subject) -> list[tuple[str, Target]]:
    """What the document names, and where; a source once, however many citations name it."""
    found = [
        ("citations" if path.startswith("citations/") else path, target)
        for path, target in references(dict(subject.document))
    ]
    return list(dict.fromkeys(found))


def _records(targets: set[Target]) -> Mapping[Target, Record]:
    """The records that are named, one query a kind."""
    keys = defaultdict(set)
    for kind, key in targets:
        keys[kind].add(key)
    return {
        (kind, record.key): record
        for kind, some in keys.items()
        for record in apps.get_model("desk", kind).objects.filter(key__in=some).defer(*_long(kind))
    }


def _long(kind: str) -> tuple[str, ...]:
    return ("kept_text",) if kind == "source" else ()


def _not_public(record: Record) -> str:
    words = {"record": record.name, "title": str(record), "successor": record.successor}
    if record.state == Record.State.MERGED:
        return (
            _("it refers to %(record)s, which was merged; refer to %(successor)s instead.") % words
        )
    if record.state == Record.State.WITHDRAWN:
        return (
            _(
                "it refers to %(record)s, which was withdrawn. Remove the reference, or publish %(title)s again."
            )
            % words
        )
    return (
        _(
            "it refers to %(record)s, which is a draft. Publish %(title)s first, or publish both together."
        )
        % words
    )


def _replacements(subject: Subject) -> Iterator[Finding]:
    for name, listed in part_lists(subject.record.kind).items():
        if not any(isinstance(member, PartName) for member in listed.members.values()):
            continue
        replaced = {part["id"]: part["replaces"] for part in subject.document[name]}
        for part_id, other in replaced.items():
            path = f"{name}/{part_id}/replaces"
            if other and other not in replaced:
                sentence = _(
                    "there is no row “%(id)s” in this list; name the id of the row whose place it takes."
                )
                yield subject.error("replaces-nothing", path, sentence % {"id": other})
            elif other and _leads_back(replaced, part_id):
                sentence = _(
                    "these rows replace one another in a circle; leave the field empty in the oldest."
                )
                yield subject.error("replaces-in-circle", path, sentence)


def _leads_back(replaced: Mapping[str, str | None], part_id: str) -> bool:
    step, seen = replaced[part_id], set()
    while step and step not in seen and step != part_id:
        seen.add(step)
        step = replaced.get(step)
    return step == part_id
