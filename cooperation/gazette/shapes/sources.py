"""What the document of a source holds."""

from django.utils.translation import gettext_lazy as _

from .types import Address, Code, Date, Group, Number, Reference, Shape, Text
from .vocabularies import LANGUAGES, Vocabulary

TYPES = Vocabulary(
    "source_type",
    {
        "news_article": (_("News article"), _("A report of a newspaper, agency or broadcaster.")),
        "press_release": (
            _("Press release"),
            _("A statement that an organization gave to the press."),
        ),
        "law": (_("Law"), _("An act, decree or ordinance.")),
        "treaty": (_("Treaty"), _("The text of an agreement between states.")),
        "data_set": (_("Data set"), _("Figures published as data.")),
        "other": (_("Other"), _("Any other source.")),
    },
)
RIGHTS = Vocabulary(
    "rights",
    {
        "unknown": (
            _("Unknown"),
            _("Nobody has established what may be done with it; treated as all rights reserved."),
        ),
        "all_rights_reserved": (
            _("All rights reserved"),
            _("It may be cited and quoted, not shown as a whole."),
        ),
        "open_licence": (_("Open licence"), _("Its licence lets anybody copy it.")),
        "public_domain": (
            _("Public domain"),
            _("No rights restrict it, as with laws and treaties."),
        ),
    },
)
ENDINGS = {"text/plain": "txt", "text/html": "html", "application/pdf": "pdf"}
"""The types of kept copies, and what the name of a file of each ends in, whatever its sender called it."""

SHAPE = Shape(
    {
        "type": Code(_("Type"), _("What sort of source it is."), vocabulary=TYPES),
        "publisher": Reference(
            _("Publisher"), _("The organization that published it."), kinds=("organization",)
        ),
        "authors": Text(
            _("Authors"),
            _("Who wrote it, as named there; names only, never an e-mail address."),
            many=True,
        ),
        "website": Address(_("Website"), _("Where it can be read; empty where unknown.")),
        "published": Date(_("Published"), _("When it was published: 2015, 2015-01 or 2015-01-29.")),
        "accessed": Date(_("Accessed"), _("When somebody here last read it at its address.")),
        "language": Code(
            _("Language"), _("The language that it is written in."), vocabulary=LANGUAGES
        ),
        "rights": Code(_("Rights"), _("What may be done with its text."), vocabulary=RIGHTS),
        "kept": Group(
            _("Kept copy"),
            _(
                "The copy that the desk keeps as evidence; it is given to anybody only where its rights allow."
            ),
            derived=True,
            optional=True,
            members={
                "sha256": Text(
                    _("SHA-256"), _("The hash of the copy, by which anybody can compare their own.")
                ),
                "size": Number(_("Size in bytes"), _("How long the copy is.")),
                "media_type": Text(_("Media type"), _("What kind of file the copy is.")),
            },
        ),
    }
)
