"""How a record is cited, word for word and for BibTeX, and how an error in it is reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.utils.translation import gettext as _

from cooperation.rules.dates import format_date

from .links import reaching
from .moments import Entry, local_day
from .page import Page

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even where LaTeX would not, so none of a title may stand alone.
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)


@dataclass(frozen=True)
class Citing:
    """What somebody needs who cites one edition of a record, or has found an error in it."""

    sentence: str
    bibtex: str
    address: str
    """The full address under which the edition stays."""
    report: str
    """Where an error is reported."""
    contact: str
    """Where the office is reached, as it says; empty while it has not said."""
    contact_url: str | None


def citing(
    page: Page, entry: Entry, address: str, language: str, *, contact: str, about: str
) -> Citing:
    """How the page's edition is cited in that language, which is the active one. No queries.

    `address` is the edition's own, in full; `about` is where errors are reported without a contact.
    """
    title = _line(page.title.text)
    day = local_day(datetime.fromisoformat(entry.at))
    told = {
        "office": _line(entry.office),
        "title": title,
        "number": entry.number,
        "day": format_date(day.isoformat(), language),
        "address": address,
    }
    sentence = _(
        "%(office)s: “%(title)s”. Cooperation Portal, edition No. %(number)s of the register, "
        "entered on %(day)s. %(address)s"
    )
    return Citing(
        sentence=sentence % told,
        bibtex=_bibtex(title, entry, day, address),
        address=address,
        report=_report(contact, told) if contact else about,
        contact=contact,
        contact_url=reaching(contact) if contact else None,
    )


def latex(text: str) -> str:
    """The text in one line, so that LaTeX prints it as it stands; letters of any script stay."""
    return _line(text).translate(LATEX)


def _bibtex(title: str, entry: Entry, day: date, address: str) -> str:
    """The entry for BibTeX and biblatex; names in double braces keep their letters as they are."""
    note = _("Edition No. %(number)s of the register") % {"number": entry.number}
    fields = {
        "author": f"{{{latex(entry.office)}}}",
        "title": f"{{{latex(title)}}}",
        "howpublished": latex(_("Cooperation Portal")),
        "note": latex(note),
        "year": str(day.year),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    # Months are words that each style writes in its own way.
    lines.insert(-1, f"  month = {MONTHS[day.month - 1]},")
    return "\n".join([f"@misc{{{entry.key}-{entry.number},", *lines, "}"])


def _report(contact: str, told: dict[str, object]) -> str:
    """The contact's address; of a mailbox, with a letter that says already what it is about."""
    to = reaching(contact)
    if not to.startswith("mailto:"):
        return to
    subject = _("Error in the record “%(title)s”, edition No. %(number)s") % told
    body = _(
        "Record: %(title)s\n"
        "Edition: No. %(number)s of the register, entered on %(day)s\n"
        "Address: %(address)s\n\n"
        "What is wrong, and which source says it better:\n"
    )
    # Lines of a letter end in both (RFC 6068).
    lines = (body % told).replace("\n", "\r\n")
    return f"{to}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


def _line(text: str) -> str:
    """The text without line breaks and what else cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
