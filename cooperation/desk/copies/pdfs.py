"""The words of a PDF, and what is not taken in one."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from cooperation.desk.copies.refusals import Refused, bounded

BEGINNING = 1024
MOST_OBJECTS = 100_000
MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml)", re.IGNORECASE)
# Names under which a PDF acts, plays or carries other files.
ACTS = {
    "/JS", "/JavaScript", "/Launch", "/AA", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/XFA",
    "/EF", "/AF", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/Rendition", "/Movie", "/Sound", "/3D",
}  # fmt: skip
# What it may do by itself when it is opened, and where a link may lead.
HARMLESS = {"/GoTo", "/Named"}
LINK = re.compile(r"https?:|mailto:|[^:]*$", re.IGNORECASE)
WRITTEN_OUT = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")


def text_of_pdf(content: bytes, longest: int, most_pages: int) -> str:
    """The words of a PDF, page by page; empty where it holds pictures of them only."""
    if MARKUP.search(content[:BEGINNING]) or b"PK\x05\x06" in content[-66_000:]:
        raise Refused("two-types")
    if WRITTEN_OUT.search(content):
        raise Refused("active")
    # Counting is quick, and looking through ten thousand pages is not.
    with contextlib.suppress(pypdfium2.PdfiumError):
        count = len(pypdfium2.PdfDocument(content))
        if count > most_pages:
            raise Refused("pages", count)
    look_through(content)
    document = pypdfium2.PdfDocument(content)
    pages: list[str] = []
    length = 0
    for page in document:
        text = page.get_textpage()
        # A word that was divided at the end of a line is one word; its hyphen comes as U+FFFE.
        pages.append(re.sub("[\ufffe\x02](\r?\n)?", "", text.get_text_range()).strip())
        length += len(pages[-1])
        text.close()
        page.close()
        if length > longest:
            raise Refused("too-long", length)
    return bounded("\n\n".join(filter(None, pages)), longest)


def look_through(content: bytes) -> None:
    """Refuse a PDF that is encrypted, or in any of whose objects, packed ones too, an action or a file stands."""
    logging.disable()
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused("encrypted")
        wanted = [(number, edition) for edition, some in reader.xref.items() for number in some]
        wanted += [(number, 0) for number in reader.xref_objStm]
        if len(wanted) > MOST_OBJECTS:
            raise Refused("too-slow")
        for number, edition in wanted:
            if number:
                _look_at(reader.get_object(_reference(number, edition, reader)))
    except (PyPdfError, LookupError, ValueError, TypeError, AttributeError, OSError):
        raise Refused("damaged") from None


def _reference(number: int, edition: int, reader: Any) -> Any:
    return IndirectObject(number, edition, reader)


def _refuse_what_acts(one: DictionaryObject) -> None:
    """Refuse what acts when the PDF is opened, a link to something else than an address, and contents kept elsewhere."""
    nothing = NullObject()
    opening = one.get("/OpenAction", nothing).get_object()
    if isinstance(opening, DictionaryObject) and opening.get("/S") not in HARMLESS:
        raise Refused("active")
    target = one.get("/URI", nothing).get_object()
    written = target.decode("latin-1") if isinstance(target, bytes) else target
    if isinstance(written, str) and not LINK.match(written.strip()):
        raise Refused("active")
    if isinstance(one, StreamObject) and "/F" in one:
        raise Refused("active")


def _look_at(found: Any) -> None:
    """Look at an object and all that stands within it; what it refers to is looked at by itself."""
    inside = [found]
    while inside:
        one = inside.pop()
        if isinstance(one, DictionaryObject):
            _refuse_what_acts(one)
            inside += [*one.keys(), *(one.raw_get(name) for name in one)]
        elif isinstance(one, ArrayObject):
            inside += list(list.__iter__(one))
        elif isinstance(one, NameObject) and one in ACTS:
            raise Refused("active")
