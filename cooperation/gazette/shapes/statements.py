"""What the document of a statement holds."""

from django.utils.translation import gettext_lazy as _

from .subjects import SUBJECTS
from .types import Code, Date, Reference, Shape, Texts
from .vocabularies import LANGUAGES

SHAPE = Shape(
    {
        "speaker": Reference(_("Speaker"), _("Who said it."), kinds=("person",)),
        "title_at_the_time": Texts(
            _("Title at the time"), _("In which office, as the source puts it.")
        ),
        "organization": Reference(
            _("Organization"), _("For which organization."), kinds=("organization",)
        ),
        "engagement": Reference(
            _("Engagement"), _("Where it was said; empty where unknown."), kinds=("engagement",)
        ),
        "date": Date(_("Date"), _("When it was said: 2015, 2015-01 or 2015-01-28.")),
        "words": Texts(
            _("Words"),
            _(
                "What was said, in full; where a language is a translation, mark it as our own words."
            ),
            long=True,
        ),
        "original_language": Code(
            _("Original language"),
            _("In which language it was said; empty where unknown."),
            vocabulary=LANGUAGES,
        ),
        "subjects": SUBJECTS,
    }
)
