"""What a page needs to know of a document: everything it holds, in words, with its sources.

A pure function of the document and its shape, so that pages, previews and reviews say the same.
"""

from .changes import Change, changes, label_at
from .citing import Citing, citing
from .footnotes import Footnote
from .links import localized, reaching
from .moments import Entry, entry, moment, own_words
from .page import Page, Row, Table, lead_name, present
from .relations import Backlinks, backlinks
from .summaries import Summary, summary
from .values import Fact, Tag, Value
from .wording import Wording

__all__ = [
    "Backlinks",
    "Change",
    "Citing",
    "Entry",
    "Fact",
    "Footnote",
    "Page",
    "Row",
    "Summary",
    "Table",
    "Tag",
    "Value",
    "Wording",
    "backlinks",
    "changes",
    "citing",
    "entry",
    "label_at",
    "lead_name",
    "localized",
    "moment",
    "own_words",
    "present",
    "reaching",
    "summary",
]
