"""Search words: what a text is found by, alike when it is indexed and when it is asked for."""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from cooperation.rules.texts import bound_marks

MAX_WORD_LENGTH = 40
MAX_QUERY_WORDS = 32
MAX_QUERY_LENGTH = 1000
SORT_KEY_BYTES = 120
HIGHLIGHT_LENGTH = 160
HIGHLIGHT_LEAD = 50
HIGHLIGHT_READ = 10_000

# Hangul, Han and Kana, without the punctuation between them (U+30FB is a middle dot).
CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"([{CJK}]+)|(?:(?![{CJK}])[^\\W_])+")
# 한·중 is also written 한중: the dot between two signs (in any of its forms) separates nothing.
_DOT_BETWEEN = re.compile(f"(?<=[{CJK}])[\u00b7\u2027\u30fb\uff65\u318d](?=[{CJK}])")
_SPACE_BETWEEN = re.compile(f"(?<=[{CJK}]) (?=[{CJK}])")
_LETTERS_FIRST = re.compile(r"([^\W\d_]{2,})\d")
_POSSESSIVE = re.compile(r"(?<=[^\W_])['’]s(?![^\W_])")
_ENGLISH = re.compile(r"[a-z]{4,}")
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


class QueryWord(NamedTuple):
    """A word that is asked for; as a prefix it stands for every word that begins with it."""

    text: str
    is_prefix: bool


def words(text: str, *, across_spaces: bool = False) -> list[str]:
    """Return the words a text is indexed under, in order, each once, at most 40 characters long.

    Latin, Cyrillic and digits give whole words, English plurals as singulars, and of `kmall24` also
    the letters; Hangul, Han and Kana give overlapping pairs, and the last character of a run alone,
    so that every character begins a word. With `across_spaces` pairs are formed over single spaces
    too, since Korean names are written with and without. Never raises; time grows with the length only.
    """
    return list(dict.fromkeys(_indexed(text, across_spaces=across_spaces)))


def query_words(text: str) -> list[QueryWord]:
    """Return the words a query asks for, all of which must be found; at most 32, none if nothing can be.

    A Hangul, Han or Kana character that stands alone is a prefix: the index holds pairs.
    """
    return list(_asked_once(text))[:MAX_QUERY_WORDS]


def has_too_many_words(text: str) -> bool:
    """Return whether a query asks for more than 32 words, of which the rest would not be looked for."""
    return len(_asked_once(text)) > MAX_QUERY_WORDS


def sort_key(text: str) -> bytes:
    """Return at most 120 bytes by which a title sorts bytewise, alike on every database.

    Case, width and the punctuation before the first letter or digit do not count.
    """
    plain = unicodedata.normalize("NFKC", bound_marks(text[:1000])).casefold().strip()
    begin = next((place for place, character in enumerate(plain) if character.isalnum()), 0)
    return plain[begin:].encode(errors="ignore")[:SORT_KEY_BYTES].decode(errors="ignore").encode()


def fold(text: str) -> str:
    """Return a text in lower case, in one width and without the accents of Latin letters."""
    plain = unicodedata.normalize("NFKC", bound_marks(text)).casefold()
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKC", plain)
    return "".join(map(_without_accent, plain)).translate(_ACCENTS).translate(_LETTERS)


def highlight(text: str, query: str) -> list[tuple[str, bool]]:
    """Return the passage around the first hit as (fragment, is it a hit) pairs, about 160 characters in all.

    Without a hit it is the beginning of the text; `…` marks what was left out. The fragments are plain
    text, to be escaped where they are shown. Only the first 10,000 characters are looked through.
    """
    text = " ".join(bound_marks(text[:HIGHLIGHT_READ]).split())
    marked = _marked(text, query_words(query))
    begin, end = _passage(text, marked.find("#"))
    pairs = [("…", False)] if begin else []
    pairs += [
        (text[begin + run.start() : begin + run.end()], run.group()[0] == "#")
        for run in re.finditer(r"#+| +", marked[begin:end])
    ]
    if end < len(text):
        pairs.append(("…", False))
    return [
        ("".join(fragment for fragment, _ in group), is_hit)
        for is_hit, group in itertools.groupby(pairs, key=lambda pair: pair[1])
    ]


def singular(word: str) -> str:
    """An English word without the ending of the plural; any other word as it is."""
    if not word.endswith("s") or not _ENGLISH.fullmatch(word) or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def _marked(text: str, asked: list[QueryWord]) -> str:
    """Return a string as long as the text: `#` under each character of a hit, a space under the rest."""
    wanted = {word.text for word in asked}
    marks = [" "] * len(text)
    needed = len(text) if asked else 0
    for piece in re.finditer(r"[^\W_]+", text):
        if piece.start() > needed:
            break
        for start, end in _spans(piece):
            if wanted.intersection(_meant(text[start:end])):
                marks[start:end] = "#" * (end - start)
                needed = min(needed, start + HIGHLIGHT_LENGTH)
    return "".join(marks)


def _spans(piece: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a piece that can each be one search word."""
    for run in re.finditer(f"[{CJK}]+|[^{CJK}]+", piece.group()):
        start, end = piece.start() + run.start(), piece.start() + run.end()
        if not re.match(f"[{CJK}]", run.group()):
            yield start, end
        else:
            yield from ((place, place + 1) for place in range(start, end))
            yield from ((place, place + 2) for place in range(start, end - 1))


def _meant(span: str) -> Iterator[str]:
    """The words under which such a stretch is asked for."""
    runs = list(_runs(span))
    in_pairs = any(paired for _run, paired in runs)
    yield from (run for run, _paired in runs) if in_pairs else words(span)


def _passage(text: str, hit: int) -> tuple[int, int]:
    begin = max(0, hit - HIGHLIGHT_LEAD)
    if begin:
        begin = text.rfind(" ", max(begin - 20, 0), begin + 1) + 1 or begin
    end = min(len(text), begin + HIGHLIGHT_LENGTH)
    if end < len(text):
        space = text.rfind(" ", max(end - 20, hit + 1), end)
        end = space if space > begin else end
    return begin, end


def _indexed(text: str, *, across_spaces: bool) -> Iterator[str]:
    for run, in_pairs in _runs(text, across_spaces=across_spaces):
        if in_pairs:
            yield from _pairs(run)
            yield run[-1]
        else:
            yield singular(run)[:MAX_WORD_LENGTH]
            lettered = _LETTERS_FIRST.match(run)
            if lettered:
                yield lettered[1][:MAX_WORD_LENGTH]


def _asked_once(text: str) -> dict[QueryWord, None]:
    return dict.fromkeys(_asked(text[:MAX_QUERY_LENGTH]))


def _asked(text: str) -> Iterator[QueryWord]:
    for run, in_pairs in _runs(text):
        if not in_pairs:
            yield QueryWord(singular(run)[:MAX_WORD_LENGTH], is_prefix=False)
        elif len(run) == 1:
            yield QueryWord(run, is_prefix=True)
        else:
            yield from (QueryWord(pair, is_prefix=False) for pair in _pairs(run))


def _runs(text: str, *, across_spaces: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield each stretch of letters and digits, and whether it is in a script indexed by pairs."""
    plain = _POSSESSIVE.sub("", fold(_DOT_BETWEEN.sub("", text)))
    if across_spaces:
        plain = _SPACE_BETWEEN.sub("", plain)
    for run in _RUNS.finditer(plain):
        yield run.group(), bool(run.group(1))


def _pairs(run: str) -> Iterator[str]:
    return (run[place : place + 2] for place in range(len(run) - 1))


def _without_accent(character: str) -> str:
    if character.isascii():
        return character
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character
