"""What the documents of kinds that speak of others hold about them: engagements and statements."""

from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS

from .types import Reference

SUBJECTS = Reference(
    _("Subjects"),
    _("What was spoken of: any records, such as initiatives and funds."),
    kinds=tuple(KINDS),
    many=True,
)
