"""What the document of an organization holds."""

from django.utils.translation import gettext_lazy as _

from .names import NAMES
from .types import Address, Code, Date, Parts, Reference, Shape, Text
from .vocabularies import COUNTRIES, Vocabulary

TYPES = Vocabulary(
    "organization_type",
    {
        "ministry": (_("Ministry"), _("A department of a national government, led by a minister.")),
        "agency": (_("Agency"), _("A public body that carries out a task under a ministry.")),
        "government": (_("Government"), _("A national or local government as a whole.")),
        "international": (
            _("International organization"),
            _("A body founded by states, such as the European Union."),
        ),
        "firm": (_("Firm"), _("A company, in private or public hands.")),
        "association": (
            _("Association"),
            _("A body of members, such as a chamber or a trade association."),
        ),
        "institution": (_("Institution"), _("A university, institute, museum or foundation.")),
        "other": (_("Other"), _("Any other organization.")),
    },
)
# Types that people look for by name: what several of them are called, and what a list of them holds.
NAMED_TYPES = {
    "ministry": (
        _("Ministries"),
        _("Departments of national governments, each led by a minister."),
    ),
    "firm": (_("Firms"), _("Companies, in private or public hands.")),
    "association": (
        _("Associations"),
        _("Bodies of members, such as chambers and trade associations."),
    ),
}
SUCCESSION_TYPES = Vocabulary(
    "succession_type",
    {
        "predecessor": (_("Predecessor"), _("The other organization came before this one.")),
        "successor": (_("Successor"), _("The other organization came after this one.")),
    },
)
IDENTIFIER_SCHEMES = Vocabulary(
    "identifier_scheme",
    {
        "lei": (_("Legal Entity Identifier"), _("ISO 17442, 20 characters with check digits.")),
        "uscc": (
            _("Unified Social Credit Code"),
            _("China's 18 characters for every legal entity, with a check character."),
        ),
        "kr-brn": (
            _("Korean business number"),
            _("Ten digits of the National Tax Service, such as 124-81-00998."),
        ),
        "wikidata": (_("Wikidata"), _("The item's number, such as Q1359568.")),
        "org-id": (
            _("org-id.guide"),
            _(
                "A list code of org-id.guide and the number in that list, such as KR-BRN-1248100998."
            ),
        ),
    },
)

SHAPE = Shape(
    {
        "type": Code(_("Type"), _("What sort of organization it is."), vocabulary=TYPES),
        "names": NAMES,
        "country": Code(
            _("Country"),
            _("Where it has its seat; empty for an international organization."),
            vocabulary=COUNTRIES,
        ),
        "part_of": Reference(
            _("Part of"),
            _("The organization that it belongs to, such as the ministry of an agency."),
            kinds=("organization",),
            optional=True,
        ),
        "successions": Parts(
            _("Predecessors and successors"),
            _("Which organization came before or after it, and by which act."),
            members={
                "type": Code(
                    _("Type"),
                    _("Whether the other came before or after."),
                    vocabulary=SUCCESSION_TYPES,
                ),
                "organization": Reference(
                    _("Organization"), _("The other organization."), kinds=("organization",)
                ),
                "date": Date(
                    _("Date"), _("When the one became the other: 2008, 2008-02 or 2008-02-29.")
                ),
                "note": Text(
                    _("By which act"),
                    _("The law or decision, such as the Government Organization Act of 2008."),
                    long=True,
                ),
            },
        ),
        "website": Address(_("Website"), _("Its own site, beginning with https:// or http://.")),
        "identifiers": Parts(
            _("Identifiers"),
            _("Its numbers in public registers, so that other systems know which one is meant."),
            members={
                "scheme": Code(
                    _("Scheme"),
                    _("The register that gives the number."),
                    vocabulary=IDENTIFIER_SCHEMES,
                ),
                "value": Text(_("Value"), _("The number; check digits are checked.")),
                "url": Address(_("Address"), _("Where the register shows it."), derived=True),
            },
        ),
        "founded": Date(_("Founded"), _("When it came into being: 1999, 1999-06 or 1999-06-28.")),
        "dissolved": Date(
            _("Dissolved"), _("When it ceased to exist; empty while it exists."), ends=True
        ),
    }
)
