"""Examining a file that somebody sends: what it is and what it says, or one sentence why it is not kept.

The file itself is read by another process (`reading.py`), which has a second of the processor.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.desk import apart
from cooperation.desk.models.sources import KEPT_LENGTH
from cooperation.gazette.shapes.sources import ENDINGS
from cooperation.rules.texts import bound_marks

MOST_PAGES = 500
# By the clock. The processor's second is the reader's limit; a busy machine may make it wait for that.
SECONDS = 5
PROGRAM = Path(__file__).with_name("reading.py")
LIBRARIES = ("pypdf", "pypdfium2", "pypdfium2_raw", "selectolax")

CALLED = {
    "pdf": "application/pdf",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "txt": "text/plain",
}
"""The types that a file's name may promise, by its ending."""

REFUSALS: dict[str, Any] = {
    "packed": gettext_lazy(
        "This is an archive or an office file (such as .zip, .docx, .xlsx); save it as PDF and choose that."
    ),
    "picture": gettext_lazy("This is a picture; save it as PDF, or paste its text."),
    "program": gettext_lazy("This is a program; choose a text, a web page or a PDF."),
    "xml": gettext_lazy("This is a drawing or data in XML; save it as PDF, or paste its text."),
    "two-types": gettext_lazy(
        "The file is of two types at once, as harmless ones are not; print it as PDF anew and choose that."
    ),
    "undecodable": gettext_lazy(
        "The text cannot be read in any known encoding; save it as UTF-8 and choose it again."
    ),
    "too-long": gettext_lazy(
        "The file holds more than %(length)s characters; keep the part that matters, or paste that."
    ),
    "entities": gettext_lazy("The page declares entities of its own; save it as PDF."),
    "too-deep": gettext_lazy(
        "The page is nested more deeply than harmless ones are; save it as PDF, or paste its text."
    ),
    "attribute": gettext_lazy(
        "The page carries more than a million characters in one attribute; save it without its pictures."
    ),
    "active": gettext_lazy(
        "The PDF holds scripts, actions or other files; print it as PDF anew and choose that."
    ),
    "encrypted": gettext_lazy("The PDF is encrypted; save it without a password."),
    "pages": gettext_lazy(
        "The PDF has %(number)s pages, and at most %(pages)s are read; keep the pages that matter."
    ),
    "damaged": gettext_lazy("The file is damaged; print it as PDF anew, or paste its text."),
    "too-slow": gettext_lazy(
        "The file could not be read within a second, as harmless ones can; try once more, print it as PDF anew, or paste its text."
    ),
}
HOLDS = {
    "application/pdf": gettext_lazy("a PDF"),
    "text/html": gettext_lazy("a web page"),
    "text/plain": gettext_lazy("plain text"),
}


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its bytes, what they are, and the words that were read from them."""

    content: bytes
    media_type: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes, by which anybody can compare their own."""
        return hashlib.sha256(self.content).hexdigest()


def examined(name: str, content: bytes) -> Examined:
    """What the file holds; ValueError, with one sentence that says the mend, where it is not kept.

    Takes a second of the processor at most, and no memory beyond the bytes and the text.
    """
    most = settings.KEPT_FILE_SIZE
    if len(content) > most:
        sentence = _("The file is larger than %(most)s MB; save it smaller, or paste its text.")
        raise ValueError(sentence % {"most": most // 1_000_000})
    if not content:
        raise ValueError(_("The file is empty; choose another."))
    ending = name.rpartition(".")[2].lower()
    if ending not in CALLED:
        raise ValueError(_("Choose a file whose name ends in .txt, .html or .pdf."))
    answer = _answer(content)
    if "refused" in answer:
        numbers = {
            "length": f"{KEPT_LENGTH:,}",
            "pages": MOST_PAGES,
            "number": f"{answer.get('number') or 0:,}",
        }
        raise ValueError(str(REFUSALS[answer["refused"]]) % numbers)
    media_type = answer["type"]
    if media_type != CALLED[ending]:
        sentence = _(
            "The file is called .%(ending)s but holds %(what)s; choose the right one, or let its name end in .%(right)s."
        )
        words = {"ending": ending, "what": HOLDS[media_type], "right": ENDINGS[media_type]}
        raise ValueError(sentence % words)
    return Examined(content, media_type, bound_marks(answer["text"]))


def _answer(content: bytes) -> dict[str, Any]:
    """What the reading program says, as it would say itself where it was ended before it could."""
    words = (str(KEPT_LENGTH), str(MOST_PAGES))
    try:
        with apart.answer(PROGRAM, words, LIBRARIES, content, SECONDS) as said:
            return _believed(said.read())
    except apart.Ended as ended:
        return {"refused": "too-slow" if ended.by_limit else "damaged"}


def _believed(said: bytes) -> dict[str, Any]:
    """The answer, if it has the form that the program gives it: a file might have taken it over."""
    try:
        answer = json.loads(said)
        is_refusal = answer.get("refused") in REFUSALS and isinstance(
            answer.get("number"), int | None
        )
        is_known = answer.get("type") in ENDINGS and isinstance(answer["text"], str)
        is_text = is_known and len(answer["text"]) <= KEPT_LENGTH
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {"refused": "damaged"}
    return answer if is_refusal or is_text else {"refused": "damaged"}
