"""What the document of a platform holds."""

from django.utils.translation import gettext_lazy as _

from .types import Address, Code, Date, Reference, Shape
from .vocabularies import Vocabulary

TYPES = Vocabulary(
    "platform_type",
    {
        "marketplace": (_("Marketplace"), _("Firms sell there to consumers.")),
        "business_marketplace": (
            _("Business-to-business marketplace"),
            _("Firms sell there to other firms."),
        ),
        "system": (
            _("System"),
            _("Any other system that firms share, such as one for customs, payment or delivery."),
        ),
        "other": (_("Other"), _("Any other platform.")),
    },
)

SHAPE = Shape(
    {
        "type": Code(_("Type"), _("What sort of platform it is."), vocabulary=TYPES),
        "operator": Reference(
            _("Operator"), _("The organization that runs it."), kinds=("organization",)
        ),
        "website": Address(_("Website"), _("Its own site, beginning with https:// or http://.")),
        "opened": Date(_("Opened"), _("When it opened: 2014, 2014-10 or 2014-10-15.")),
        "closed": Date(
            _("Closed"), _("When it closed; empty while it is open or where unknown."), ends=True
        ),
    }
)
