"""What the document of a person holds."""

from django.utils.translation import gettext_lazy as _

from .names import NAMES
from .types import Date, Parts, Reference, Shape, Texts

SHAPE = Shape(
    {
        "names": NAMES,
        "posts": Parts(
            _("Posts"),
            _("The public posts that the person holds or held; only public figures are recorded."),
            members={
                "organization": Reference(
                    _("Organization"), _("Where the post is."), kinds=("organization",)
                ),
                "title": Texts(
                    _("Title of the post"),
                    _("What the post is called, such as minister of finance."),
                ),
                "from": Date(_("From"), _("Since when: 2014, 2014-07 or 2014-07-16.")),
                "until": Date(
                    _("Until"),
                    _("Until when; empty while the person holds it or where unknown."),
                    ends=True,
                ),
                "attested": Date(
                    _("Attested"),
                    _("The date for which the source says that the person held it: 2015-01-29."),
                ),
            },
        ),
    }
)
