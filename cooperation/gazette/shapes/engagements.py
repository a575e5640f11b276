"""What the document of an engagement holds."""

from django.utils.translation import gettext_lazy as _

from .subjects import SUBJECTS
from .types import Code, Date, Parts, Reference, Shape, Texts
from .vocabularies import COUNTRIES, Vocabulary

TYPES = Vocabulary(
    "engagement_type",
    {
        "visit": (
            _("Visit"),
            _("Somebody travels to another country, often for several meetings."),
        ),
        "meeting": (_("Meeting"), _("People meet in one place.")),
        "call": (_("Call"), _("People speak by telephone or video.")),
        "forum": (_("Forum"), _("Many meet: a forum, fair, summit or round of talks.")),
    },
)

SHAPE = Shape(
    {
        "type": Code(_("Type"), _("What sort of engagement it was."), vocabulary=TYPES),
        "part_of": Reference(
            _("Part of"),
            _("The larger engagement, such as the visit in which the meeting took place."),
            kinds=("engagement",),
            optional=True,
        ),
        "dates": Date(
            _("Dates"),
            _("When it was: 2015-01-28, or from and to as 2015-01-27/2015-01-29."),
            interval=True,
        ),
        "place": Texts(_("Place"), _("Where it was: house and town, as the source says.")),
        "country": Code(_("Country"), _("In which country it was."), vocabulary=COUNTRIES),
        "attendees": Parts(
            _("Attendees"),
            _("Who took part, in which office, and for whom."),
            members={
                "person": Reference(_("Person"), _("Who took part."), kinds=("person",)),
                "title": Texts(
                    _("Title at the time"), _("In which office, as the source puts it.")
                ),
                "organization": Reference(
                    _("Organization"), _("For which organization."), kinds=("organization",)
                ),
            },
        ),
        "subjects": SUBJECTS,
    }
)
