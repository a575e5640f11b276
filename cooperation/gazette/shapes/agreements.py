"""What the document of an agreement holds."""

from django.utils.translation import gettext_lazy as _

from .types import Code, Date, Parts, Reference, Shape
from .vocabularies import COUNTRIES, Vocabulary

TYPES = Vocabulary(
    "agreement_type",
    {
        "free_trade_agreement": (
            _("Free trade agreement"),
            _("States lower or lift barriers to trade between them."),
        ),
        "memorandum": (
            _("Memorandum of understanding"),
            _("The sides write down what they intend; it rarely binds."),
        ),
        "letter_of_intent": (
            _("Letter of intent"),
            _("A side says what it means to agree on; it does not bind."),
        ),
        "treaty": (_("Treaty"), _("Any other agreement between states that binds them.")),
    },
)

SHAPE = Shape(
    {
        "type": Code(_("Type"), _("What sort of agreement it is."), vocabulary=TYPES),
        "parties": Parts(
            _("Parties"),
            _("Between whom it is: each a country or an organization."),
            members={
                "country": Code(
                    _("Country"), _("The country, where the party is one."), vocabulary=COUNTRIES
                ),
                "organization": Reference(
                    _("Organization"),
                    _(
                        "The organization, where the party is no country, such as the European Union."
                    ),
                    kinds=("organization",),
                ),
            },
        ),
        "concluded": Date(_("Concluded"), _("When the talks ended: 2012, 2012-03 or 2012-03-15.")),
        "signed": Date(_("Signed"), _("When it was signed: 2012, 2012-03 or 2012-03-15.")),
        "provisionally_applied": Date(
            _("Provisionally applied"),
            _("Since when it was applied before it was in force; empty where it was not."),
        ),
        "in_force": Date(
            _("In force"), _("Since when it is in force: 2012, 2012-03 or 2012-03-15.")
        ),
        "ended": Date(
            _("Ended"),
            _("When it ceased to hold; empty while it holds or where unknown."),
            ends=True,
        ),
    }
)
