"""What differs between two documents of a record, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from cooperation.catalogue import KINDS
from cooperation.gazette.differences import Difference, differences
from cooperation.gazette.references import Label, Target, labels_in, relabelled
from cooperation.gazette.shapes import CITATION, TITLE, part_lists, shape
from cooperation.gazette.shapes.types import Code, Member, Parts, Reference, Texts, inner
from cooperation.rules.languages import LANGUAGES, django_code
from cooperation.rules.wordings import Piece, in_view, word_differences

from .citation_pairs import pairs
from .values import Fact, Value
from .wording import Wording

SEPARATOR = " › "


@dataclass(frozen=True)
class Change:
    """One value that differs: what it is called, what it said before, what it says after."""

    label: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    members: tuple[Change, ...] = field(default=(), kw_only=True)
    """Of a citation that changed, each member that differs."""

    @cached_property
    def words(self) -> list[Piece]:
        """Where one text stands against another, which of its words were removed and which added."""
        if [value.form for value in (*self.before, *self.after)] != ["text", "text"]:
            return []
        if not self.before or not self.after:
            return []
        return in_view(word_differences(self.before[0].text, self.after[0].text))


def changes(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    language: str,
    *,
    most: int | None = None,
) -> list[Change]:
    """Every value that differs between two documents of the newest schema, in words. No queries.

    A record that is called something else now is told once, however often the document names it.
    With `most` no more than so many are told.
    """
    old, new = Wording(before or {}, language), Wording(after or {}, language)
    labels = labels_in(dict(after or {}))
    renamed = relabelled(dict(before or {}), labels)
    with override(django_code(language)):
        told = (
            change
            for difference in differences(renamed, after)
            if "/" in difference.path or difference.path not in UNSPOKEN
            for change in _change(difference, old, new)
        )
        renamings = _renamings(labels_in(dict(before or {})), labels, new)
        return list(islice(chain(told, _reordered(old, new), renamings), most))


def _reordered(before: Wording, after: Wording) -> Iterator[Change]:
    """The lists of which the parts that both documents have stand in another order."""
    for name, member in part_lists(after.document["kind"]).items() if after.document else ():
        old, new = ([p["id"] for p in side.document.get(name) or ()] for side in (before, after))
        then, now = [one for one in old if one in new], [one for one in new if one in old]
        if then != now:
            label = SEPARATOR.join((str(member.label), pgettext("list", "Order")))
            yield Change(label, _named(before, name, then), _named(after, name, now))


def _named(wording: Wording, name: str, ids: Iterable[str]) -> tuple[Value, ...]:
    return tuple(Value("text", wording.part_label(name, one) or one) for one in ids)


def _renamings(
    before: Mapping[Target, Label], after: Mapping[Target, Label], wording: Wording
) -> Iterator[Change]:
    """What the records that both documents name were called, and are now."""
    for target, label in after.items():
        if target not in before or before[target] == label:
            continue
        old, new = before[target].reference(), label.reference()
        shown = tuple((wording.reference(one),) for one in (old, new))
        if shown[0] != shown[1]:
            yield Change(str(KINDS[label.kind].label), *shown)
            continue
        # What differs is said in another language than the reader's.
        for language in LANGUAGES:
            texts = [(one["title"] or {}).get(language) for one in (old, new)]
            if texts[0] != texts[1]:
                name = f"{KINDS[label.kind].label}{SEPARATOR}{wording.language_name(language)}"
                yield Change(
                    name, *(((Value("text", text, language),) if text else ()) for text in texts)
                )


UNSPOKEN = {"schema", "kind", "key", "url"}


def label_at(wording: Wording, path: str | None) -> str:
    """What people call the value at a path: `Contributions › Government of Korea › Amount`."""
    if not path:
        return _("The record as a whole")
    labels, _member = _walked(wording, path)
    return SEPARATOR.join(labels)


def said_at(wording: Wording, path: str) -> tuple[Value, ...]:
    """What the document says at a path, in words; nothing for the record as a whole or what is unknown."""
    if not path:
        return ()
    said: Any = wording.document
    for step in path.split("/"):
        if isinstance(said, list):
            said = next((one for one in said if step in _names(one)), None)
        else:
            said = said.get(step) if isinstance(said, Mapping) else None
    return _shown(wording, _walked(wording, path)[1], said, path)


def _names(item: Any) -> tuple[Any, ...]:
    """By what a path may name an item of a list: its id, its key or itself."""
    return (item.get("id"), item.get("key")) if isinstance(item, Mapping) else (item,)


def _walked(wording: Wording, path: str) -> tuple[list[str], Member | None]:
    """The labels along the path, and the member that it ends at, where the shape has it."""
    members = {**shape(wording.document["kind"]).members, "title": TITLE}
    steps = path.split("/")
    if steps == ["citations"]:
        return [_("Sources and quotations")], None
    labels: list[str] = []
    member: Member | None = None
    while steps:
        step = steps.pop(0)
        found = members.get(step)
        if found is None:
            labels.append(_loose(wording, path.partition("/")[0], member, step))
            return labels, None if member is None or isinstance(member, Parts) else member
        member = found
        labels.append(str(member.label))
        members = dict(inner(member))
        if isinstance(member, Parts) and steps:
            part_id = steps.pop(0)
            labels.append(wording.part_label(step, part_id) or part_id)
    return labels, member


def _loose(wording: Wording, name: str, member: Member | None, step: str) -> str:
    """A step that no shape declares: a language, an item of a list, or something of an older schema."""
    if isinstance(member, Code):
        return member.vocabulary.label(step, wording.language)
    if isinstance(member, Reference):
        named = [one for one in wording.document.get(name) or () if one["key"] == step]
        return wording.reference(named[0]).text if named else step
    return wording.language_name(step) if step in LANGUAGES else step


def _change(difference: Difference, before: Wording, after: Wording) -> Iterator[Change]:
    known = after if after.document else before
    if difference.path in LISTS:
        yield from LISTS[difference.path](difference, before, after)
        return
    labels, member = _walked(_holder(difference.path, before, after, known), difference.path)
    old = _shown(before, member, difference.before, difference.path)
    new = _shown(after, member, difference.after, difference.path)
    if old or new:
        yield Change(SEPARATOR.join(labels), old, new)


def _holder(path: str, before: Wording, after: Wording, known: Wording) -> Wording:
    """The side that still has the part which a path names."""
    name, *rest = path.split("/")
    if rest and name in part_lists(known.document["kind"]):
        for side in (after, before):
            if side.document and side.part_label(name, rest[0]):
                return side
    return known


def _shown(wording: Wording, member: Member | None, value: Any, path: str) -> tuple[Value, ...]:
    if value is None:
        return ()
    if isinstance(member, Parts):
        parts = value if isinstance(value, list) else [value]
        return tuple(_whole_part(wording, member, part, path) for part in parts)
    if isinstance(member, Texts) and isinstance(value, str):
        language = path.rpartition("/")[2]
        return (Value("text", value, language if language != wording.language else None),)
    if member is None or (isinstance(value, str) and inner(member)):
        return (Value("text", str(value)),)
    items = value if member.many and isinstance(value, list) else [value]
    shown = (wording.value(member, item, path) for item in items)
    return tuple(one for one in shown if one)


def _whole_part(wording: Wording, member: Parts, part: Mapping[str, Any], path: str) -> Value:
    facts = wording.facts(inner(member), part, f"{path}/")
    return Value("group", "", facts=tuple(fact for fact in facts if fact.is_known))


def _citations(difference: Difference, before: Wording, after: Wording) -> Iterator[Change]:
    """Each citation that went, came or changed; of those that changed what differs."""
    for old, new in pairs(difference.before or (), difference.after or ()):
        if old and new:
            yield _changed_citation(before, old, after, new)
        elif old:
            yield Change(_concerns(before, old), (_whole_citation(before, old),), ())
        elif new:
            yield Change(_concerns(after, new), (), (_whole_citation(after, new),))


def _concerns(wording: Wording, citation: Mapping[str, Any]) -> str:
    """What a citation is called among the changes: by what it concerns."""
    return SEPARATOR.join((_("Sources and quotations"), label_at(wording, citation["path"])))


def _whole_citation(wording: Wording, citation: Mapping[str, Any]) -> Value:
    members = {name: member for name, member in CITATION.items() if name != "path"}
    facts = wording.facts(members, citation)
    known = tuple(one for one in facts if one.is_known and citation[one.name] is not False)
    return Value("group", "", facts=known)


def _changed_citation(
    before: Wording, old: Mapping[str, Any], after: Wording, new: Mapping[str, Any]
) -> Change:
    names = [name for name in CITATION if old.get(name) != new.get(name)]
    gone = tuple(_fact_of_citation(before, old, name) for name in names)
    come = tuple(_fact_of_citation(after, new, name) for name in names)
    return Change(
        _concerns(after, new),
        (Value("group", "", facts=gone),),
        (Value("group", "", facts=come),),
        members=tuple(
            Change(one.label, one.values, other.values)
            for one, other in zip(gone, come, strict=True)
        ),
    )


def _fact_of_citation(wording: Wording, citation: Mapping[str, Any], name: str) -> Fact:
    """One member of a citation, which may say nothing."""
    member, value = CITATION[name], citation.get(name)
    if name == "path":
        values: tuple[Value, ...] = (Value("text", label_at(wording, value)),)
    else:
        values = _shown(wording, member, value, name)
    return Fact(name, str(member.label), values, many=not values)


def _wordings(difference: Difference, before: Wording, after: Wording) -> Iterator[Change]:
    """The texts that ceased to be, and became, the portal's wording."""
    old, new = difference.before or (), difference.after or ()
    gone = tuple(Value("text", label_at(before, one)) for one in old if one not in new)
    come = tuple(Value("text", label_at(after, one)) for one in new if one not in old)
    if gone or come:
        yield Change(capfirst(_("portal’s wording")), gone, come)


LISTS: dict[str, Callable[[Difference, Wording, Wording], Iterator[Change]]] = {
    "citations": _citations,
    "editorial": _wordings,
}
"""The lists that no shape declares, and what tells how they differ."""
