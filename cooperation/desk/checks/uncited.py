"""What of a record no citation speaks for yet: its figures, and what else it claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cooperation.gazette.shapes import TITLE, shape
from cooperation.gazette.shapes.types import Member, Parts, inner

from .money import unsourced

Document = Mapping[str, Any]


class Uncited(NamedTuple):
    """The paths of a record for which nobody has cited a source."""

    figures: list[str]
    claims: list[str]


def uncited(kind: str, document: Document) -> Uncited:
    """The figures, and the fields and parts, that no citation concerns: neither them nor what they lie in or hold.

    A part that lacks a citation for its figure is named once, as the figure. A citation of the record
    as a whole says of no single claim where it stands.
    """
    figures = list(unsourced(kind, document))
    cited = Cited([*paths_cited(document), *figures])
    return Uncited(figures, [path for path in _claims(kind, document) if path not in cited])


class Cited:
    """What the citations of a record concern, the record as a whole left out."""

    def __init__(self, paths: Iterable[str]):
        self._paths = set(paths) - {""}
        self._above = {above for path in self._paths for above in _upwards(path)}

    def __contains__(self, path: str) -> bool:
        """Whether a citation concerns what stands at the path, what it lies in or what it holds."""
        return path in self._above or not self._paths.isdisjoint(_upwards(path))


def paths_cited(document: Document) -> Iterator[str]:
    """The path of each citation."""
    return (citation["path"] or "" for citation in document["citations"])


def citable(kind: str, document: Document | None) -> Iterator[str]:
    """Every path of a record for which a source may be cited; without a document those that its kind has."""
    yield ""
    for name, member in _members(kind).items():
        if document is None:
            yield from [] if isinstance(member, Parts) else [name]
        elif _is_said(document[name]):
            yield name
            if isinstance(member, Parts):
                yield from _within(name, member, document)


def _claims(kind: str, document: Document) -> Iterator[str]:
    """The fields that say something, and each part of a list."""
    for name, member in _members(kind).items():
        if isinstance(member, Parts):
            yield from (f"{name}/{part['id']}" for part in document[name])
        elif _is_said(document[name]):
            yield name


def _within(name: str, listed: Parts, document: Document) -> Iterator[str]:
    """The parts of a list, each with its fields that say something."""
    for part in document[name]:
        path = f"{name}/{part['id']}"
        yield path
        for field, member in inner(listed).items():
            if not member.derived and _is_said(part[field]):
                yield f"{path}/{field}"


def _members(kind: str) -> dict[str, Member]:
    """What a document of that kind says by itself, and not by computing."""
    members: dict[str, Member] = {"title": TITLE, **shape(kind).members}
    return {name: member for name, member in members.items() if not member.derived}


def _is_said(value: Any) -> bool:
    """Whether a value says something: a language map or group does where one of its values does."""
    if isinstance(value, dict):
        return any(map(_is_said, value.values()))
    return value not in (None, "", [], False)


def _upwards(path: str) -> Iterator[str]:
    """The path, and all that it lies in."""
    while path:
        yield path
        path = path.rpartition("/")[0]
