"""What the document of an initiative holds."""

from django.utils.translation import gettext_lazy as _

from .progress import STATUS, STATUS_REPORTS
from .types import Code, Date, PartName, Parts, Quantity, Reference, Shape, Text, Texts
from .vocabularies import COUNTRIES, SECTORS, Vocabulary

ROLES = Vocabulary(
    "participant_role",
    {
        "proposer": (_("Proposer"), _("It put the initiative forward.")),
        "counterpart": (_("Counterpart"), _("The side to which it was put.")),
        "operator": (_("Operator"), _("It runs something that the initiative uses.")),
        "implementer": (_("Implementer"), _("It carries the work out.")),
        "funder": (_("Funder"), _("It pays.")),
        "supporter": (_("Supporter"), _("It has said that it is in favour.")),
    },
)

SHAPE = Shape(
    {
        "summary": Texts(
            _("Summary"), _("What is meant to happen, in two or three sentences."), long=True
        ),
        "status": STATUS,
        "sectors": Code(
            _("Sectors"),
            _("Which parts of the economy it concerns."),
            vocabulary=SECTORS,
            many=True,
        ),
        "countries": Code(
            _("Countries"), _("Which countries it concerns."), vocabulary=COUNTRIES, many=True
        ),
        "participants": Parts(
            _("Participants"),
            _("Who takes part, and as what."),
            members={
                "organization": Reference(
                    _("Organization"), _("Who takes part."), kinds=("organization",)
                ),
                "role": Code(_("Role"), _("As what it takes part."), vocabulary=ROLES),
                "from": Date(_("From"), _("Since when: 2015, 2015-01 or 2015-01-28.")),
                "until": Date(
                    _("Until"), _("Until when; empty while it does or where unknown."), ends=True
                ),
            },
        ),
        "products": Parts(
            _("Products"),
            _("The goods or services that it is about."),
            members={
                "title": Texts(_("Product"), _("What the product is called.")),
                "hs_code": Text(
                    _("HS code"), _("Its number in the Harmonized System, 2, 4 or 6 digits.")
                ),
                "hs_edition": Text(
                    _("HS edition"), _("The edition of the Harmonized System, such as 2012.")
                ),
            },
        ),
        "platforms": Reference(
            _("Platforms"),
            _("The marketplaces and systems that it uses."),
            kinds=("platform",),
            many=True,
        ),
        "agreements": Reference(
            _("Agreements"),
            _("The agreements that it relies on."),
            kinds=("agreement",),
            many=True,
        ),
        "part_of": Reference(
            _("Part of"),
            _("The larger initiative that it belongs to."),
            kinds=("initiative",),
            optional=True,
        ),
        "targets": Parts(
            _("Targets"),
            _(
                "What is to be reached; a changed target replaces the old one, which stays on record."
            ),
            members={
                "title": Texts(_("Target"), _("What is to be reached, in words.")),
                "measure": Text(_("Measure"), _("What is counted, such as yearly exports.")),
                "amount": Quantity(_("Target figure"), _("How much is to be reached.")),
                "unit": Text(
                    _("Unit"), _("In what it is counted: a currency code, tonnes, firms.")
                ),
                "due": Date(_("Due"), _("By when: 2020, 2020-12 or 2020-12-31.")),
                "replaces": PartName(
                    _("Replaces"), _("The id of the target that this one takes the place of.")
                ),
            },
        ),
        "milestones": Parts(
            _("Milestones"),
            _("Steps on the way, with the day when each is due and when it was done."),
            members={
                "title": Texts(_("Milestone"), _("What is to be done.")),
                "due": Date(_("Due"), _("By when: 2020, 2020-12 or 2020-12-31.")),
                "done": Date(_("Done"), _("When it was done; empty while it is not."), ends=True),
            },
        ),
        "status_reports": STATUS_REPORTS,
    }
)
