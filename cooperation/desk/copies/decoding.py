"""From the bytes of a text to its words: the encoding that it names, or that it shows."""

from __future__ import annotations

import codecs
import re

from cooperation.desk.copies.refusals import Refused
from cooperation.rules import encodings

DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{1,30})")
MARKS = (codecs.BOM_UTF8, *encodings.MARKS_OF_UTF_16)
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


def decoded(content: bytes) -> str:
    """The text of the bytes, in the encoding that they name or show."""
    declared = None if content.startswith(MARKS) else DECLARED.search(content[:4096])
    named = ENCODINGS.get(declared[1].decode().lower()) if declared else None
    for encoding in filter(None, (named, *encodings.likely(content))):
        text = encodings.read(content, encoding)
        if text is not None:
            return text
    raise Refused("undecodable")
