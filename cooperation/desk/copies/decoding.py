"""From the bytes of a text to its words: the encoding that it names, or that it shows."""

from __future__ import annotations

import codecs
import contextlib
import re

from cooperation.desk.copies.refusals import Refused

DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{1,30})")
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "cp949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
}
HANGUL = re.compile("[가-힣]")
HAN = re.compile("[㐀-鿿]")
MOSTLY = 0.85


def decoded(content: bytes) -> str:
    """The text of the bytes, in the encoding that they name or show."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _strictly(content, encoding)
    declared = DECLARED.search(content[:4096])
    named = ENCODINGS.get(declared[1].decode().lower()) if declared else None
    for encoding in filter(None, (named, "utf-8")):
        with contextlib.suppress(Refused):
            return _strictly(content, encoding)
    return korean_or_chinese(content)


def korean_or_chinese(content: bytes) -> str:
    """The text in whichever of the two older encodings makes sense; the same bytes are often good in both."""
    korean = chinese = ""
    with contextlib.suppress(Refused):
        korean = _strictly(content, "cp949")
    with contextlib.suppress(Refused):
        chinese = _strictly(content, "gb18030")
    hangul, han = len(HANGUL.findall(korean)), len(HAN.findall(korean))
    if hangul and hangul >= MOSTLY * (hangul + han):
        return korean
    # What is neither, such as French in an encoding of its own, makes no run of Han.
    if chinese and 2 * len(HAN.findall(chinese)) > sum(sign > "\x7f" for sign in chinese):
        return chinese
    raise Refused("undecodable")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("undecodable") from None
