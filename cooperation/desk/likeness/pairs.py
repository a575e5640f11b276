"""All pairs of records of a kind whose names are nearly the same, found at once and kept until the next time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from rapidfuzz import fuzz, process

from cooperation.rules.names import NEARLY, Form, likeness

from .index import Names, Progress
from .storing import fact, note, writing

MOST_PAIRS = 2000
"""How many of the likeliest pairs are kept; when these are dealt with, the next ones follow."""
CROWD = 400
"""Of more names that begin alike, those are compared that are alike further on."""
STEP = 3
FARTHEST = 60
NAMESAKES = 10
"""So many records with the very same name are paired with one another; of more, each with the first."""
Named = tuple[int, str, Form]
Key = Callable[[Form], str]
Found = Iterator[tuple[Named, Named, float]]


class Likely(NamedTuple):
    """Two records, the older first, how alike two names of theirs are, and these names."""

    one: int
    other: int
    score: float
    name_of_one: str
    name_of_other: str


def find(names: Names, progress: Progress = None) -> list[Likely]:
    """The likeliest pairs among all names as they are known, best first; they are kept besides."""
    best: dict[tuple[int, int], Likely] = {}
    for one, other, score in _alike(list(names.everything()), progress):
        if one[0] == other[0]:
            continue
        first, second = sorted((one, other), key=lambda named: named[0])
        pair = first[0], second[0]
        if pair not in best or score > best[pair].score:
            best[pair] = Likely(*pair, score, first[1], second[1])
    found = sorted(best.values(), key=lambda pair: (-pair.score, pair.one, pair.other))
    _keep(names, found[:MOST_PAIRS])
    return found


def kept(names: Names) -> tuple[datetime | None, list[Likely]]:
    """When pairs were looked for last, and what was found, best first; never, and nothing."""
    found_at = fact(names.file, f"pairs of {names.kind}")
    asked = "SELECT one, other, score, name_of_one, name_of_other FROM pair WHERE kind = ? ORDER BY place"
    rows = names.file.execute(asked, (names.kind,))
    return datetime.fromisoformat(found_at) if found_at else None, [Likely(*row) for row in rows]


def is_current(names: Names) -> bool:
    """Whether nothing was saved since pairs were looked for."""
    state = fact(names.file, f"state of {names.kind}")
    return bool(state) and state == fact(names.file, f"pairs as of {names.kind}")


def _keep(names: Names, found: Sequence[Likely]) -> None:
    with writing(names.file):
        names.file.execute("DELETE FROM pair WHERE kind = ?", (names.kind,))
        rows = [(names.kind, place, *pair) for place, pair in enumerate(found)]
        names.file.executemany("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        note(names.file, f"pairs of {names.kind}", timezone.now().isoformat())
        state = fact(names.file, f"state of {names.kind}")
        note(names.file, f"pairs as of {names.kind}", state)


def _alike(every: Sequence[Named], progress: Progress) -> Found:
    """Names that are nearly the same: the equal ones, and those that begin or end alike."""
    namesakes = _grouped(every, _plain)
    yield from _equal(namesakes.values())
    single = [group[0] for group in namesakes.values()]
    for one, other, score in _nearly(single, progress):
        for mine in namesakes[one[2].plain][:NAMESAKES]:
            for theirs in namesakes[other[2].plain][:NAMESAKES]:
                yield mine, theirs, score


def _nearly(single: Sequence[Named], progress: Progress) -> Found:
    """The same among names of which no two are equal."""
    yield from _equal(_grouped(single, _sound).values())
    passes = [
        (_within, _plain),
        (_within, _plain_end),
        (_across, _sound),
        (_across, _sound_end),
    ]
    of = len(single) * len(passes)
    for number, (compare, key) in enumerate(passes):
        done = number * len(single)
        for block in _blocks(single, key):
            yield from compare(block, key)
            done += len(block)
            if progress:
                progress(done, of)


def _plain(form: Form) -> str:
    return form.plain


def _plain_end(form: Form) -> str:
    return form.plain[::-1]


def _sound(form: Form) -> str:
    return form.sound


def _sound_end(form: Form) -> str:
    return form.sound[::-1]


def _script(form: Form) -> str:
    return form.script


def _grouped(every: Iterable[Named], key: Key) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = defaultdict(list)
    for named in every:
        found[key(named[2])].append(named)
    return found


def _equal(groups: Iterable[Sequence[Named]]) -> Found:
    for group in groups:
        firsts = group[:-1] if len(group) <= NAMESAKES else group[:1]
        for place, one in enumerate(firsts, 1):
            for other in group[place:]:
                score = likeness(one[2], other[2])
                if score:
                    yield one, other, score


def _blocks(names: Sequence[Named], key: Key, length: int = 0) -> Iterator[list[Named]]:
    """The names by how they begin: two signs, or four Latin letters, and further where they are many."""
    blocks: dict[str, list[Named]] = defaultdict(list)
    for named in names:
        text = key(named[2])
        blocks[text[: length or (4 if text.isascii() else 2)]].append(named)
    for begin, block in blocks.items():
        if len(block) > CROWD and len(begin) < FARTHEST and len(begin) >= length:
            yield from _blocks(block, key, len(begin) + STEP)
        else:
            yield block


def _within(block: list[Named], key: Key) -> Found:
    """Each name compared with those behind it."""
    texts = [key(named[2]) for named in block]
    for place in range(1, len(block)):
        yield from _near(block[place - 1], texts[place - 1], block[place:], texts[place:])


def _across(block: list[Named], key: Key) -> Found:
    """Each name compared with those in other scripts."""
    by_script = list(_grouped(block, _script).values())
    for place in range(1, len(by_script)):
        many = [named for more in by_script[place:] for named in more]
        texts = [key(named[2]) for named in many]
        for one in by_script[place - 1]:
            yield from _near(one, key(one[2]), many, texts)


def _near(one: Named, text: str, many: Sequence[Named], texts: Sequence[str]) -> Found:
    near = process.extract_iter(text, texts, scorer=fuzz.ratio, score_cutoff=NEARLY)
    for _text, _ratio, place in near:
        score = likeness(one[2], many[place][2])
        if score:
            yield one, many[place], score
