"""How names are said, whatever script or romanisation they are written in."""

from __future__ import annotations

import re

from anyascii import anyascii

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# At the end of a syllable several Korean letters sound alike.
_FINALS = {19: 7, 20: 7, 22: 7, 23: 7, 25: 7, 27: 7, 24: 1, 26: 17}
_AS_SAID = {
    first + final: first + heard
    for first in range(0xAC00, 0xD7A4, 28)
    for final, heard in _FINALS.items()
}

# Characters that names read otherwise than the romaniser, which knows one reading each.
_READINGS = {"银行": "yinhang", "重庆": "chongqing", "长": "chang", "曾": "zeng"}
# Family names whose usual romanisations have little in common.
_FAMILY_NAMES = {
    **dict.fromkeys(("lee", "yi", "rhee", "ree", "i"), "i"),
    **dict.fromkeys(("park", "pak", "bak", "bahk", "pahk"), "pak"),
    **dict.fromkeys(("choi", "choe", "choy", "chey"), "che"),
    **dict.fromkeys(("lim", "im", "yim", "rim"), "im"),
    **dict.fromkeys(("roh", "no", "noh", "ro"), "no"),
    **dict.fromkeys(("ryu", "yoo", "yu", "you", "lyu"), "yu"),
    **dict.fromkeys(("woo", "wu", "u"), "u"),
    **dict.fromkeys(("kwon", "gwon"), "kwon"),
    **dict.fromkeys(("shin", "sin"), "sin"),
}
_SOUNDS = (
    (re.compile("ph"), "p"),
    (re.compile("th"), "t"),
    (re.compile("sh"), "s"),
    (re.compile("t?ch|zh|[jz]"), "J"),
    (re.compile("c[kh]?|[gkq]"), "k"),
    (re.compile("[bpfv]"), "p"),
    (re.compile("[dt]"), "t"),
    (re.compile("[lr]"), "l"),
    (re.compile("wh"), "hw"),
    (re.compile("eo|eu|oo|ou"), "o"),
    (re.compile("ae|ai|oe|oi|we|[ao]y(?![aeo])"), "e"),
    (re.compile("ee|yi"), "i"),
    (re.compile("u"), "o"),
    (re.compile("w(?=o)"), ""),
    (re.compile("(?<=[aeio])h(?![aeio])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def script(text: str) -> str:
    """Return `hangul` or `han` where a text holds any of these, else `other`."""
    if text.isascii():
        return "other"
    return "hangul" if _HANGUL.search(text) else "han" if _HAN.search(text) else "other"


def said(words: list[str], *, by_sign: bool) -> list[str]:
    """The words in Latin letters; of a person's name in Chinese or Korean the signs one by one."""
    found: list[str] = []
    for word in map(_as_read, words):
        parts = list(word) if by_sign and script(word) != "other" else [word]
        found += (anyascii(part).replace(" ", "").lower() for part in parts)
    return [word for word in found if word] or words


def sound(words: list[str]) -> str:
    """How the words are said, as one."""
    heard = "".join(_FAMILY_NAMES.get(word, word) for word in words)
    for pattern, letters in _SOUNDS:
        heard = pattern.sub(letters, heard)
    return heard


def _as_read(word: str) -> str:
    for signs, reading in _READINGS.items():
        word = word.replace(signs, f" {reading} ")
    return word.translate(_AS_SAID)
