"""Files that are kept, and files that are not: each is built here, so none lies in the repository."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from functools import partial
from typing import Any

from cooperation.gazette.entering import Act
from cooperation.gazette.models import Edition
from tests.worlds import Document, act, sample

WORDS = "The two countries will offer 40 billion each"
COPY = b"Everybody may have these words."
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
EMPTY_TREE = b"<</Type/Pages/Kids[]/Count 0>>"


def open_source(key: str, content: bytes = COPY, **members: Any) -> Document:
    """Publish a source whose copy anybody may have; returns its document."""
    kept = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "text/plain",
    }
    document = sample("source", key, **{"rights": "public_domain", "kept": kept, **members})
    act(Act(Edition.Action.PUBLISHED, "source", key, document, copy=partial(bytes, content)))
    return document


def pdf(*objects: bytes, head: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalogue, with a table that says where each begins."""
    out, places = b"%PDF-1.4\n" + head, []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, trailer, len(out))
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)


def pdf_of(words: str = WORDS, catalogue: bytes = b"", contents: bytes | None = None) -> bytes:
    """A PDF of one page with those words on it."""
    drawn = f"BT /F 12 Tf 50 700 Td ({words}) Tj ET".encode()
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        contents or stream(drawn),
        FONT,
    )


def page_of(words: str = WORDS) -> bytes:
    """A web page with those words in it."""
    return (
        f"<!doctype html><html><head><title>T</title><script>let hidden = 1</script></head><body><h1>Report</h1>"
        f"<p>Paragraph <b>one</b>.</p><p>{words}</p><p style='display:none'>unseen</p></body></html>"
    ).encode()


LINKS = (
    "https://a.example/b:c",
    "part.html",
    "tel:+8225550000",
    "/wiki/File:A.jpg",
    "#page:2",
    "data.html",
)
LINKING = (
    b"/OpenAction[3 0 R/Fit]/Dests<</Sound[3 0 R/XYZ 0 0 0]/JavaScript[3 0 R/Fit]/AF[3 0 R/XYZ 0 0 0]>>"
    b"/Dest/Launch/A[%s]" % b"".join(b"<</S/URI/URI(%s)>>" % link.encode() for link in LINKS)
)
INNOCENT: dict[str, bytes] = {
    "report.pdf": pdf_of(),
    "report.html": page_of(),
    "report.txt": f"Report\r\n\r\n{WORDS}, it says.".encode(),
}


def _packed(name: str, content: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, content)
    return held.getvalue()


def _bomb(pieces: int) -> bytes:
    """What inflates to so many MB; the sum at its end is wrong, for nobody should come so far."""
    press = zlib.compressobj(9, wbits=-15)
    piece = press.compress(b" " * 2**20) + press.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + piece * pieces + b"\x03\0" + bytes(4)


def _packed_object(inside: bytes) -> bytes:
    """A PDF in which an object lies packed in a stream of objects, where no search of the bytes finds it."""
    body = b"7 0 " + inside
    held = stream(zlib.compress(body), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    objects = [b"<</Type/Catalog/Pages 2 0 R/OpenAction 7 0 R>>", EMPTY_TREE, held]
    out, places = b"%PDF-1.5\n", [0]
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = [b"\0\0\0\0\xff"] + [b"\1%s\0" % place.to_bytes(3, "big") for place in places[1:]]
    rows += [b"\1%s\0" % len(out).to_bytes(3, "big")]
    index = b"".join(rows) + b"\2%s\0" % (3).to_bytes(3, "big")
    more = b"/Type/XRef/Size 8/Root 1 0 R/W[1 3 1]/Index[0 5 7 1]"
    return out + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(index, more), len(out))


SCRIPT = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "larger than is kept": ("a.txt", b"a " * 5_000_001, "The file is larger than 10 MB"),
    "nothing": ("a.txt", b"", "The file is empty"),
    "of another ending": ("a.exe", b"words", "Choose a file whose name ends in .txt, .html or .pdf"),
    "archive": ("a.pdf", _packed("a.txt", "x"), "This is an archive or an office file"),
    "office file with macros": ("a.pdf", _packed("word/vbaProject.bin", "x"), "This is an archive"),
    "old office file": ("a.txt", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "This is an archive"),
    "rich text": ("a.txt", b"{\\rtf1 words}", "This is an archive or an office file"),
    "drawing with a script": ("a.html", b"<svg onload='alert(1)'/>", "This is a drawing or data"),
    "drawing declared": ("a.txt", b"<?xml version='1.0'?><svg><script/></svg>", "This is a drawing"),
    "picture": ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "This is a picture"),
    "program": ("a.pdf", b"MZ\x90\0" + b"\0" * 99, "This is a program"),
    "script of a shell": ("a.txt", b"#!/bin/sh\nrm -rf /\n", "This is a program"),
    "page called PDF": ("a.pdf", page_of(), "The file is called .pdf but holds a web page"),
    "PDF called text": ("a.txt", pdf_of(), "The file is called .txt but holds a PDF"),
    "PDF that begins as a page": ("a.pdf", pdf(EMPTY_TREE, head=b"<html><script>alert(1)</script>"), "The file is of two types"),
    "PDF after something else": ("a.html", b"<html>" + pdf_of(), "The file is of two types"),
    "PDF that is an archive": ("a.pdf", pdf_of() + _packed("a", "x"), "The file is of two types"),
    "PDF with a script": ("a.pdf", pdf_of(catalogue=SCRIPT), "The PDF holds scripts"),
    "PDF with a script written otherwise": ("a.pdf", pdf_of(catalogue=SCRIPT.replace(b"JavaScript", b"Java#53cript")), "The PDF holds scripts"),
    "PDF with a packed script": ("a.pdf", _packed_object(b"<</S/JavaScript/JS(1)>>"), "The PDF holds scripts"),
    "PDF that starts a program": ("a.pdf", pdf_of(catalogue=b"/OpenAction<</S/Launch/F(cmd)>>"), "The PDF holds scripts"),
    "PDF that carries files": ("a.pdf", pdf_of(catalogue=b"/Names<</EmbeddedFiles<</Names[]>>>>"), "The PDF holds scripts"),
    "PDF that carries a file untold": ("a.pdf", pdf_of(catalogue=b"/A<</FS<</F(a.exe)/EF<</F 4 0 R>>>>>>"), "The PDF holds scripts"),
    "PDF that opens another file": ("a.pdf", pdf_of(catalogue=b"/OpenAction<</S/GoToR/F(\\\\\\\\evil\\\\share)>>"), "The PDF holds scripts"),
    "PDF that calls somebody when it is opened": ("a.pdf", pdf_of(catalogue=b"/OpenAction<</S/URI/URI(https://a.example/)>>"), "The PDF holds scripts"),
    "PDF that goes somewhere and then calls": ("a.pdf", pdf_of(catalogue=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(https://a.example/)>>>>"), "The PDF holds scripts"),
    "PDF that follows the thread of another": ("a.pdf", pdf_of(catalogue=b"/A<</S/Thread/F(a)>>"), "The PDF holds scripts"),
    "PDF with a link to a script": ("a.pdf", pdf_of(catalogue=b"/A<</S/URI/URI( java\nscript:alert\\(1\\))>>"), "The PDF holds scripts"),
    "PDF that plays a film": ("a.pdf", pdf_of(catalogue=b"/A<</S/Movie/T(a)>>"), "The PDF holds scripts"),
    "PDF whose words lie elsewhere": ("a.pdf", pdf_of(contents=stream(b"", b"/F(words.txt)")), "The PDF holds scripts"),
    "PDF encrypted": ("a.pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", EMPTY_TREE, b"<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>" % (b"o" * 32, b"u" * 32), trailer=b"/Encrypt 3 0 R/ID[(a)(a)]"), "The PDF is encrypted"),
    "PDF of 10,000 pages": ("a.pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 10000>>" % (b"3 0 R " * 10_000), PAGE), "The PDF has 10,000 pages, and at most 500"),
    "PDF that says it has pages": ("a.pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 400>>"), "The file"),
    "PDF that inflates to gigabytes": ("a.pdf", pdf_of(contents=stream(_bomb(2000), b"/Filter/FlateDecode")), "The file"),
    "PDF packed in itself": ("a.pdf", pdf_of(contents=stream(zlib.compress(_bomb(1000), 9), b"/Filter[/FlateDecode/FlateDecode]")), "The file"),
    "PDF that leads to itself": ("a.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 5>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 2/Root 1 0 R/Prev 74>>\nstartxref\n74\n%%EOF", "The file"),
    "PDF nested deeply": ("a.pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", EMPTY_TREE, b"[" * 100_000 + b"]" * 100_000), "The file is damaged"),
    "PDF that is none": ("a.pdf", b"%PDF-1.4\nnothing of a PDF", "The file is damaged"),
    "page of 100,000 open tags": ("a.html", b"<html><body>" + b"<div>" * 100_000, "The"),
    "page of 100,000 bold tags": ("a.html", b"<p>" + b"<b>" * 100_000 + b"x", "The"),
    "page with entities": ("a.html", b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html>&b;', "The page declares entities"),
    "page with a gigantic attribute": ("a.html", b'<p title="%s">x' % (b"x" * 9_000_000), "The page carries more than a million"),
    "page with a million attributes": ("a.html", b"<p %s>x" % b" ".join(b"a%d=1" % n for n in range(900_000)), "The"),
    "text with NUL": ("a.txt", b"words\0and more", "The text cannot be read in any known encoding"),
    "text in no encoding": ("a.txt", bytes(range(128, 256)), "The text cannot be read in any known encoding"),
    "text longer than is kept": ("a.txt", b"word " * 400_001, "The file holds more than 2,000,000 characters"),
}  # fmt: skip
"""Each hostile file with the name that its sender gave it, and how the sentence that refuses it begins."""
