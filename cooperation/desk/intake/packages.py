"""Looking through a workbook before it is opened: what it declares, and what could do harm.

It is a zip file of XML. Nothing of it is believed but what has been counted, and nothing is opened
that holds programs, links elsewhere, or declarations by which a short file swells.
"""

from __future__ import annotations

import re
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_ENTRIES = 2_000
MOST_BYTES = 400_000_000
# Real sheets shrink to a tenth or a twentieth, and those of one value again and again to a hundredth.
MOST_RATIO = 300
FROM_BYTES = 5_000_000
BLOCK = 2**20
END_OF_ZIP = b"PK\x05\x06"

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
PLAIN = {b"utf-8", b"us-ascii", b"ascii"}
HARM = (
    (re.compile(r"vbaproject|/macrosheets/|/dialogsheets/", re.IGNORECASE), "macros"),
    (re.compile(r"/externallinks/|/connections\.xml|/querytables/", re.IGNORECASE), "links"),
    (re.compile(r"/embeddings/|/activex/|/ctrlprops/|oleobject", re.IGNORECASE), "objects"),
)


class Refused(Exception):
    """The workbook is not opened: the code of the reason, and what belongs into its sentence."""

    def __init__(self, code: str, **words: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def opened(file: IO[bytes], most_cells: int) -> ZipFile:
    """The package of a workbook in which nothing was found that could do harm; else Refused."""
    file.seek(0)
    # The directory is read only where its end does not promise more than a workbook has.
    if _promised(file) > MOST_ENTRIES:
        raise Refused("swollen")
    try:
        package = ZipFile(file)
        look_through(package, most_cells)
    except (BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as broken:
        raise Refused("damaged") from broken
    return package


def look_through(package: ZipFile, most_cells: int) -> None:
    """Refuse what could do harm, first by what the package declares, then by what its parts hold."""
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    _refuse_other_files(package, names)
    if len(names) < len(entries):
        raise Refused("damaged")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused("swollen")
    for entry in entries:
        _refuse_entry(entry)
    cells = sum(_counted(package, entry) for entry in entries if _is_xml(entry.filename))
    if cells > most_cells:
        raise Refused("cells", most=most_cells)


def _promised(file: IO[bytes]) -> int:
    """How many entries the end of the file says that it has."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 70_000))
    tail = file.read()
    end = tail.rfind(END_OF_ZIP)
    if end < 0 or len(tail) < end + 22:
        raise Refused("damaged")
    # Where there are more than the field can say it holds this number, and a real workbook never does.
    return int.from_bytes(tail[end + 10 : end + 12], "little")


def _refuse_other_files(package: ZipFile, names: set[str]) -> None:
    if "mimetype" in names:
        is_sheet = b"spreadsheet" in package.open("mimetype").read(200)
        raise Refused("ods" if is_sheet else "other")
    if "xl/workbook.bin" in names:
        raise Refused("xlsb")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused("other")


def _refuse_entry(entry: ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Refused("encrypted")
    if entry.file_size > max(FROM_BYTES, MOST_RATIO * entry.compress_size):
        raise Refused("swollen")
    for sign, code in HARM:
        if sign.search("/" + entry.filename):
            raise Refused(code)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _counted(package: ZipFile, entry: ZipInfo) -> int:
    """How many cells a part holds; Refused where it declares a document type, entities or an odd encoding."""
    cells, last = 0, b""
    is_sheet = entry.filename.lower().startswith("xl/worksheets/")
    with package.open(entry) as part:
        while block := part.read(BLOCK):
            if not last:
                _refuse_odd_encoding(block)
            seen = last + block
            if DECLARATION.search(seen):
                raise Refused("entities")
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in seen:
                raise Refused("macros")
            if is_sheet:
                cells += block.count(b"<c ") + block.count(b"<c>") + block.count(b"<c/>")
            last = block[-32:]
    return cells


def _refuse_odd_encoding(beginning: bytes) -> None:
    """Refuse what a parser would read in another encoding, in which a declaration looks otherwise."""
    if b"\0" in beginning[:64] or beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = beginning.replace(b"\0", b"")
        raise Refused("entities" if DECLARATION.search(plain) else "encoding")
    declared = ENCODING.search(beginning[:500])
    if declared and declared[1].lower() not in PLAIN:
        raise Refused("encoding")
