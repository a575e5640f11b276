"""What the document of a fund holds."""

from django.utils.translation import gettext_lazy as _

from .progress import STATUS, STATUS_REPORTS
from .types import (
    Code,
    Date,
    Group,
    Money,
    PartName,
    Parts,
    Quantity,
    Reference,
    Shape,
    Sum,
    Text,
    Texts,
)
from .vocabularies import COUNTRIES, CURRENCIES, Vocabulary

CONTRIBUTOR_CLASSES = Vocabulary(
    "contributor_class",
    {
        "government": (_("Governments"), _("Public money whose giver is not named more closely.")),
        "private_sector": (
            _("Private sector"),
            _("Firms and investors that are not named one by one."),
        ),
        "international": (
            _("International organizations"),
            _("Bodies founded by states that are not named one by one."),
        ),
        "other": (_("Others"), _("Any other givers that are not named one by one.")),
    },
)
STAGES = Vocabulary(
    "commitment_stage",
    {
        "proposed": (_("Proposed"), _("Somebody wants it to be given.")),
        "pledged": (_("Pledged"), _("The giver has said in public that it will give.")),
        "committed": (_("Committed"), _("The giver is bound by contract, law or budget.")),
        "paid": (_("Paid"), _("The money has been handed over.")),
    },
)
REPORTED_AS = Group(
    _("Reported as"),
    _(
        "The amount in other currencies as the source itself gives it, one a line: US$37.1 million = 37100000 USD."
    ),
    many=True,
    members={
        "text": Text(_("As printed"), _("The words of the source.")),
        "amount": Quantity(_("Amount"), _("The amount meant.")),
        "currency": Code(_("Currency"), _("Its ISO 4217 code."), vocabulary=CURRENCIES),
    },
)

SHAPE = Shape(
    {
        "purpose": Texts(
            _("Purpose"), _("What the money is for, in one or two sentences."), long=True
        ),
        "status": STATUS,
        "countries": Code(
            _("Countries"), _("Which countries it concerns."), vocabulary=COUNTRIES, many=True
        ),
        "manager": Reference(
            _("Manager"),
            _("The organization that runs the fund; empty where unknown."),
            kinds=("organization",),
        ),
        "totals": Group(
            _("Totals"),
            _("What the figures below add up to, each within one currency."),
            derived=True,
            members={
                "announced": Sum(_("Announced"), _("The newest announcement.")),
                "proposed": Sum(
                    _("Proposed"), _("All proposed contributions that nothing has replaced.")
                ),
                "pledged": Sum(
                    _("Pledged"), _("All pledged contributions that nothing has replaced.")
                ),
                "committed": Sum(
                    _("Committed"), _("All committed contributions that nothing has replaced.")
                ),
                "paid": Sum(_("Paid"), _("All payments.")),
                "allocated": Sum(_("Allocated"), _("All allocations.")),
            },
        ),
        "difference": Sum(
            _("Difference"),
            _("Announced, less all contributions that nothing has replaced."),
            derived=True,
        ),
        "announcements": Parts(
            _("Announcements"),
            _(
                "How large the fund was said to be; a later announcement replaces the earlier one, which stays on record."
            ),
            members={
                "amount": Money(
                    _("Amount"), _("In major units of the currency, exactly: 200000000000.")
                ),
                "date": Date(_("Date"), _("When it was announced: 2015, 2015-01 or 2015-01-28.")),
                "reported_as": REPORTED_AS,
                "replaces": PartName(
                    _("Replaces"), _("The id of the announcement that this one takes the place of.")
                ),
            },
        ),
        "commitments": Parts(
            _("Contributions"),
            _(
                "Who is to give how much; a later stage replaces the earlier one, so that nothing counts twice."
            ),
            members={
                "contributor": Reference(
                    _("Contributor"), _("Who is to give."), kinds=("organization",)
                ),
                "contributor_class": Code(
                    _("Class of contributors"),
                    _("Where no giver is named: which class is to give."),
                    vocabulary=CONTRIBUTOR_CLASSES,
                ),
                "title": Texts(
                    _("Title"),
                    _("What the contribution is called, where it has a name of its own."),
                ),
                "amount": Money(
                    _("Amount"), _("In major units of the currency, exactly: 40000000000.")
                ),
                "stage": Code(_("Stage"), _("How binding it is."), vocabulary=STAGES),
                "date": Date(
                    _("Date"), _("When it reached this stage: 2015, 2015-01 or 2015-01-28.")
                ),
                "reported_as": REPORTED_AS,
                "replaces": PartName(
                    _("Replaces"), _("The id of the contribution that this one takes the place of.")
                ),
            },
        ),
        "allocations": Parts(
            _("Allocations"),
            _("What the fund has set aside for which initiative."),
            members={
                "initiative": Reference(
                    _("Initiative"), _("What the money goes to."), kinds=("initiative",)
                ),
                "amount": Money(_("Amount"), _("In major units of the currency, exactly.")),
                "date": Date(_("Date"), _("When it was allocated: 2015, 2015-01 or 2015-01-28.")),
            },
        ),
        "status_reports": STATUS_REPORTS,
    }
)
