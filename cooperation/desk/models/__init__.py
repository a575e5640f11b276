"""The tables of the desk: one file a kind, named by its plural, and loaded because it is in the catalogue."""

from importlib import import_module

from cooperation.catalogue import PLURALS

from .agreements import Agreement, AgreementCitation, Party
from .citations import Citation
from .doubles import Apart
from .engagements import Attendee, Engagement, EngagementCitation, EngagementSubject
from .funds import Allocation, Announcement, Commitment, Fund, FundCitation, FundStatusReport
from .imports import Import, Layout
from .initiatives import (
    Initiative,
    InitiativeAgreement,
    InitiativeCitation,
    InitiativePlatform,
    InitiativeStatusReport,
    Milestone,
    Participant,
    Product,
    Target,
)
from .links import Link
from .needs import Need
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
from .people import Person, PersonCitation, PersonName, Post
from .platforms import Platform, PlatformCitation
from .rates import ExchangeRate
from .records import Record, StillPublished
from .sessions import Session
from .sources import Source, SourceCitation
from .statements import Statement, StatementCitation, StatementSubject
from .submissions import Submission

__all__ = [
    "Agreement",
    "AgreementCitation",
    "Allocation",
    "Announcement",
    "Apart",
    "Association",
    "Attendee",
    "Citation",
    "Commitment",
    "Engagement",
    "EngagementCitation",
    "EngagementSubject",
    "ExchangeRate",
    "Firm",
    "Fund",
    "FundCitation",
    "FundStatusReport",
    "Identifier",
    "Import",
    "Initiative",
    "InitiativeAgreement",
    "InitiativeCitation",
    "InitiativePlatform",
    "InitiativeStatusReport",
    "Layout",
    "Link",
    "Milestone",
    "Ministry",
    "Need",
    "Organization",
    "OrganizationCitation",
    "OrganizationName",
    "Part",
    "Participant",
    "Party",
    "Person",
    "PersonCitation",
    "PersonName",
    "Platform",
    "PlatformCitation",
    "Post",
    "Product",
    "Record",
    "Session",
    "Source",
    "SourceCitation",
    "Statement",
    "StatementCitation",
    "StatementSubject",
    "StillPublished",
    "Submission",
    "Succession",
    "Target",
]

for _plural in PLURALS:
    import_module(f"{__name__}.{_plural}")
