"""What the documents of kinds with several names hold about them: organizations and people."""

from django.utils.translation import gettext_lazy as _

from .types import Code, Date, Parts, Text
from .vocabularies import LANGUAGES, NAME_TYPES

NAMES = Parts(
    _("Names"),
    _("All names, old and new, in any language; the title is the one used in lists."),
    members={
        "type": Code(
            _("Type of name"),
            _("Official, short, former, or any other."),
            vocabulary=NAME_TYPES,
        ),
        "text": Text(_("Name"), _("The name itself, in its own script.")),
        "lang": Code(_("Language"), _("The language that the name is in."), vocabulary=LANGUAGES),
        "from": Date(_("From"), _("Since when the name was in use: 2008, 2008-02 or 2008-02-29.")),
        "until": Date(
            _("Until"),
            _("Until when the name was in use; empty while it is or where unknown."),
            ends=True,
        ),
    },
)
