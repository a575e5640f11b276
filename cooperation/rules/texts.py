"""Texts as they may enter a record: one Unicode form, no hidden or harmful characters."""

import re
import unicodedata

from django.utils.translation import gettext as _

# UAX #15 calls text with at most 30 marks in a row stream-safe; normalising longer runs takes quadratic time.
MAX_MARKS = 30

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str, max_length: int | None = None, *, one_line: bool = False) -> str:
    """Return a text in NFC, with LF line ends and without white space around it.

    ValueError, with a sentence, for control characters other than newline and tab (in a text of one line
    these too), for characters that turn the reading direction, and beyond `max_length` characters.
    """
    if not isinstance(text, str):
        raise ValueError(_("This must be a text."))
    if max_length is not None and len(text) > 4 * max_length + 100:
        raise ValueError(_too_long(max_length))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_hidden(text)
    if one_line and re.search(r"[\n\t]", text.strip()):
        raise ValueError(_("This text must stand on one line, without tabs."))
    if bound_marks(text) != text:
        raise ValueError(
            _("More than %(most)s accents stand on one character; remove the surplus.")
            % {"most": MAX_MARKS}
        )
    text = unicodedata.normalize("NFC", text).strip()
    if max_length is not None and len(text) > max_length:
        raise ValueError(_too_long(max_length))
    return text


def bound_marks(text: str) -> str:
    """Return the text with at most 30 combining marks in a row, so that normalising it stays quick."""
    if text.isascii():
        return text
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _refuse_hidden(text: str) -> None:
    found = _FORBIDDEN.search(text)
    if found and found.group() in _BIDI:
        raise ValueError(
            _("The text holds a character that turns the reading direction (%(point)s); remove it.")
            % {"point": _point(found)}
        )
    if found:
        raise ValueError(
            _("The text holds a control character (%(point)s); remove it.")
            % {"point": _point(found)}
        )


def _point(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"


def _too_long(max_length: int) -> str:
    return _("The text is longer than %(most)s characters; shorten it.") % {
        "most": f"{max_length:,}"
    }


def as_read(text: str) -> str:
    """Return the text as names and passwords are compared: case, width and composition do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
