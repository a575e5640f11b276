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
# Where scripts, events, forms and other files are kept in a PDF.
KEPT_UNDER = {"/JS", "/JavaScript", "/AA", "/XFA", "/EF", "/AF", "/EmbeddedFiles"}
# What an action, an annotation or an object may not be. The same words elsewhere are names of places.
SORTED_BY = ("/S", "/Type", "/Subtype")
SORTS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie",
    "/Sound", "/3D", "/RichMedia", "/RichMediaExecute", "/EmbeddedFile", "/FileAttachment",
}  # fmt: skip
PLACE = re.compile("/(XYZ|Fit)")
# What a PDF may do by itself when it is opened, and what a link may not be.
HARMLESS = {"/GoTo", "/Named"}
SCRIPT = re.compile("(javascript|vbscript|data):", re.IGNORECASE)
BLANKS = re.compile("[\x00-\x20]+")
# As they stand in the bytes, also where no table leads to them.
WRITTEN_OUT = re.compile(
    rb"/S\s*/(JavaScript|Launch)\b|/Type\s*/EmbeddedFile\b"
    rb"|/(JavaScript|EmbeddedFiles|RichMedia)\s*(<<|\d+\s+\d+\s+R\b)"
)


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


def _look_at(found: Any) -> None:
    """Look at an object and all that stands within it; what it refers to is looked at by itself."""
    inside = [found]
    while inside:
        one = inside.pop()
        if isinstance(one, DictionaryObject):
            if acts(one):
                raise Refused("active")
            inside += [one.raw_get(name) for name in one]
        elif isinstance(one, ArrayObject):
            inside += list(list.__iter__(one))


def acts(one: DictionaryObject) -> bool:
    """Whether an object does something by itself, holds a script or file, or keeps its contents elsewhere."""
    nothing = NullObject()
    told = [one.get(name, nothing).get_object() for name in SORTED_BY]
    sorts = {name for name in told if isinstance(name, NameObject)}
    if sorts & SORTS or any(name in one and not _is_place(one[name]) for name in KEPT_UNDER):
        return True
    opening = one.get("/OpenAction", nothing).get_object()
    if isinstance(opening, DictionaryObject) and (
        "/Next" in opening or opening.get("/S") not in HARMLESS
    ):
        return True
    leads_elsewhere = isinstance(one, StreamObject) or "/Thread" in sorts
    return (leads_elsewhere and "/F" in one) or _is_script(one.get("/URI", nothing).get_object())


def _is_place(found: Any) -> bool:
    """Whether what stands under a name is a page to go to: the places of a document are called anything."""
    return isinstance(found, ArrayObject) and len(found) > 1 and bool(PLACE.match(str(found[1])))


def _is_script(link: Any) -> bool:
    written = link.decode("latin-1") if isinstance(link, bytes) else link
    return isinstance(written, str) and bool(SCRIPT.match(BLANKS.sub("", written)))
