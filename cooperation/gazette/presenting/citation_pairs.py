"""Which citation of one document became which of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Citation = Mapping[str, Any]
Likeness = tuple[Any, ...]


def pairs(
    before: Sequence[Citation], after: Sequence[Citation]
) -> Iterator[tuple[Citation | None, Citation | None]]:
    """Each citation that went with the one that came in its place, then those that came anew.

    Those that both documents have are left out. What concerns the same and stands in the same
    source belongs together, the same words first; else what concerns the same; else the same words
    of the same source.
    """
    gone = [one for one in before if one not in after]
    come = [one for one in after if one not in before]
    places: dict[int, int] = {}
    for likeness in (_same_words_there, _same_source_there, _there, _same_words):
        _match(gone, come, places, likeness)
    yield from ((one, come[places[n]] if n in places else None) for n, one in enumerate(gone))
    taken = set(places.values())
    yield from ((None, one) for n, one in enumerate(come) if n not in taken)


def _match(
    gone: Sequence[Citation],
    come: Sequence[Citation],
    places: dict[int, int],
    likeness: Callable[[Citation], Likeness | None],
) -> None:
    """Give each citation that went, and has none yet, the first that is left of those like it."""
    left: dict[Likeness | None, list[int]] = {}
    for place in sorted(set(range(len(come))) - set(places.values()), reverse=True):
        left.setdefault(likeness(come[place]), []).append(place)
    for number, one in enumerate(gone):
        alike = likeness(one)
        if number not in places and alike is not None and left.get(alike):
            places[number] = left[alike].pop()


def _same_words_there(citation: Citation) -> Likeness | None:
    words = _same_words(citation)
    return words and (citation["path"], *words)


def _same_source_there(citation: Citation) -> Likeness | None:
    return citation["path"], _source(citation)


def _there(citation: Citation) -> Likeness | None:
    return (citation["path"],)


def _same_words(citation: Citation) -> Likeness | None:
    return (_source(citation), citation["quote"]) if citation["quote"] else None


def _source(citation: Citation) -> Any:
    return (citation["source"] or {}).get("key")
