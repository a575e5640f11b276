"""Codes, and yes or no, as people write them: by code, or by what it is called in any language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.gazette.shapes.vocabularies import Vocabulary
from cooperation.rules.languages import LANGUAGES, from_django
from cooperation.rules.texts import as_read, bound_marks

from .amounts import CURRENCIES
from .faults import SHOWN_LENGTH, shown

ALSO: Mapping[str, Mapping[str, str]] = {
    "country": {
        "한국": "KR", "남한": "KR", "korea": "KR", "republic of korea": "KR", "korea, republic of": "KR",
        "rok": "KR", "kor": "KR", "대한민국": "KR", "大韩民国": "KR", "중화인민공화국": "CN",
        "people's republic of china": "CN", "prc": "CN", "chn": "CN", "中华人民共和国": "CN", "북한": "KP",
        "united states of america": "US", "usa": "US", "u.s.": "US", "미합중국": "US", "uk": "GB",
        "great britain": "GB", "jpn": "JP", "대만": "TW", "홍콩": "HK", "hong kong": "HK", "香港": "HK",
        "vietnam": "VN", "viet nam": "VN", "베트남": "VN", "러시아": "RU",
    },
    "currency": CURRENCIES,
}  # fmt: skip
"""What else codes of standards are called, beside the names of Unicode's data."""

YES = frozenset(
    {"true", "yes", "y", "1", "예", "네", "o", "○", "◯", "〇", "✓", "✔", "v", "是", "有"}
)
NO = frozenset({"false", "no", "n", "0", "아니오", "아니요", "x", "×", "✗", "✕", "否", "无"})
NAMED = 5

_GAPS = re.compile(r"[\s_\-]+")


def code(written: str, vocabulary: Vocabulary) -> str:
    """The code of what is written; ValueError, with what may stand there, where it is none or several."""
    found = _words(vocabulary).get(_folded(written), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(
            _("%(text)s is what several are called; write one of the codes %(codes)s.")
            % {"text": shown(written), "codes": ", ".join(found)}
        )
    raise ValueError(_unknown(written, vocabulary))


def flag(written: str) -> bool:
    """Yes or no; ValueError, with the mend, for anything else."""
    plain = as_read(bound_marks(written[:SHOWN_LENGTH]).strip())
    if plain in YES or written.strip() in YES:
        return True
    if plain in NO or written.strip() in NO:
        return False
    raise ValueError(
        _("%(text)s is neither yes nor no; write true or false.") % {"text": shown(written)}
    )


def called(vocabulary: Vocabulary, known: str) -> str:
    """The code with what it is called in the active language, for people to check."""
    label = vocabulary.label(known, from_django(get_language() or "en"))
    return known if label == known else f"{known} ({label})"


def _folded(written: str) -> str:
    return _GAPS.sub("", as_read(bound_marks(written[:200])))


@lru_cache(maxsize=64)
def _words(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """All that the codes are called, each with the codes; what is a code itself means that code only."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for language in LANGUAGES:
        for one in vocabulary.codes:
            found[_folded(vocabulary.label(one, language))][one] = None
    words = {word: tuple(codes) for word, codes in found.items()}
    for name, one in ALSO.get(vocabulary.name, {}).items():
        words[_folded(name)] = (one,)
    return {**words, **{_folded(one): (one,) for one in vocabulary.codes}}


def _unknown(written: str, vocabulary: Vocabulary) -> str:
    words = _words(vocabulary)
    near = get_close_matches(_folded(written)[:SHOWN_LENGTH], words, n=1)
    if near:
        return _("%(text)s is not in the list; did you mean %(code)s?") % {
            "text": shown(written),
            "code": called(vocabulary, words[near[0]][0]),
        }
    codes = vocabulary.codes
    if len(codes) > 30:
        return _("%(text)s is not in the list; write a code such as %(one)s or %(other)s.") % {
            "text": shown(written),
            "one": called(vocabulary, codes[0]),
            "other": called(vocabulary, codes[-1]),
        }
    return _("%(text)s is not in the list; write one of %(codes)s.") % {
        "text": shown(written),
        "codes": ", ".join(called(vocabulary, one) for one in codes),
    }
