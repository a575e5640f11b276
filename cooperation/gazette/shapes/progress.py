"""What the documents of kinds with a status hold about it: initiatives and funds."""

from django.utils.translation import gettext_lazy as _

from .types import Code, Date, Group, Parts, Text
from .vocabularies import FINDINGS, STATUSES

STATUS = Group(
    _("Status"),
    _("What the newest status reports say, taken together."),
    derived=True,
    members={
        "value": Code(_("Status"), _("How far it has come."), vocabulary=STATUSES),
        "since": Date(_("Since"), _("The date of the first report that gave this status.")),
        "confirmed": Date(
            _("Last confirmed"), _("The date of the newest report that gave or confirmed it.")
        ),
    },
)
STATUS_REPORTS = Parts(
    _("Status reports"),
    _(
        "What was found when somebody looked, oldest first; looking and finding nothing is a report too."
    ),
    members={
        "date": Date(_("Date"), _("The date for which it holds: 2015, 2015-01 or 2015-01-29.")),
        "finding": Code(
            _("Finding"),
            _("Whether the status changed, was confirmed, or nothing was found."),
            vocabulary=FINDINGS,
        ),
        "status": Code(
            _("Status"),
            _("How far it had come; empty where nothing was found."),
            vocabulary=STATUSES,
        ),
        "note": Text(_("Note"), _("What was found, in a sentence."), long=True),
    },
)
