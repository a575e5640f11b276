"""The tables of the desk: one file a kind, named by its plural, and loaded because it is in the catalogue."""

from importlib import import_module

from cooperation.catalogue import PLURALS

from .citations import Citation
from .funds import Allocation, Announcement, Commitment, Fund, FundCitation, FundStatusReport
from .initiatives import (
    Initiative,
    InitiativeCitation,
    InitiativeStatusReport,
    Milestone,
    Participant,
    Product,
    Target,
)
from .organizations import (
    Association,
    Firm,
    Identifier,
    Ministry,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Succession,
)
from .parts import Part
from .rates import ExchangeRate
from .records import Record, StillPublished
from .sources import Source, SourceCitation

__all__ = [
    "Allocation",
    "Announcement",
    "Association",
    "Citation",
    "Commitment",
    "ExchangeRate",
    "Firm",
    "Fund",
    "FundCitation",
    "FundStatusReport",
    "Identifier",
    "Initiative",
    "InitiativeCitation",
    "InitiativeStatusReport",
    "Milestone",
    "Ministry",
    "Organization",
    "OrganizationCitation",
    "OrganizationName",
    "Part",
    "Participant",
    "Product",
    "Record",
    "Source",
    "SourceCitation",
    "StillPublished",
    "Succession",
    "Target",
]

for _plural in PLURALS:
    import_module(f"{__name__}.{_plural}")
