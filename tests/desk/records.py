"""Small records for tests of the desk, entered as an editor would."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from cooperation.desk import editing
from cooperation.desk.models import (
    Agreement,
    AgreementCitation,
    Citation,
    Engagement,
    EngagementCitation,
    Fund,
    FundCitation,
    Initiative,
    InitiativeCitation,
    Link,
    Organization,
    OrganizationCitation,
    Part,
    Person,
    PersonCitation,
    Platform,
    PlatformCitation,
    Post,
    Record,
    Source,
    Statement,
    StatementCitation,
)
from cooperation.desk.publishing import publish

REPORT = "The two countries will offer 40 billion each, “with 120 billion won” from others."
CITATIONS: dict[type[Record], type[Citation]] = {
    Organization: OrganizationCitation,
    Initiative: InitiativeCitation,
    Fund: FundCitation,
    Agreement: AgreementCitation,
    Engagement: EngagementCitation,
    Person: PersonCitation,
    Platform: PlatformCitation,
    Statement: StatementCitation,
}
Row = Part | Link | Citation


def editor() -> User:
    """Somebody who changes records."""
    return User.objects.get_or_create(username="editor")[0]


def publisher() -> User:
    """Somebody who may publish everything and has changed nothing."""
    return User.objects.get_or_create(username="publisher", defaults={"is_superuser": True})[0]


def texts(en: str | None = None, ko: str | None = None, zh: str | None = None) -> dict[str, Any]:
    """A language map."""
    return {"en": en, "ko": ko, "zh-Hans": zh}


def in_all_languages(words: str) -> dict[str, Any]:
    """A language map in which nothing is missing."""
    return texts(words, f"{words} 한국어", f"{words} 中文")


def report() -> Source:
    """The source that everything here cites, with a kept copy."""
    found = Source.objects.filter(key="report").first()
    return found or saved(
        Source(
            key="report", title=in_all_languages("Report"), type="news_article", kept_text=REPORT
        )
    )


def organization(key: str = "alibaba-group", *parts: Row, **values: Any) -> Organization:
    """An organization with one citation."""
    values = {"title": in_all_languages(key.replace("-", " ").title()), "type": "firm", **values}
    return cited(Organization(key=key, **values), *parts)


def initiative(key: str = "a-link", *parts: Row, **values: Any) -> Initiative:
    """An initiative with one citation."""
    values = {"title": in_all_languages(key.replace("-", " ").title()), **values}
    return cited(Initiative(key=key, **values), *parts)


def fund(key: str = "a-fund", *parts: Row, **values: Any) -> Fund:
    """A fund with one citation."""
    values = {"title": in_all_languages(key.replace("-", " ").title()), **values}
    return cited(Fund(key=key, **values), *parts)


def agreement(key: str = "a-treaty", *parts: Row, **values: Any) -> Agreement:
    """An agreement with one citation."""
    values = {"title": in_all_languages("Treaty"), "type": "treaty", **values}
    return cited(Agreement(key=key, **values), *parts)


def platform(key: str = "kmall24", *parts: Row, **values: Any) -> Platform:
    """A platform with one citation."""
    values = {"title": in_all_languages("Kmall24"), "type": "marketplace", **values}
    return cited(Platform(key=key, **values), *parts)


def person(key: str = "ma-yun", *parts: Row, **values: Any) -> Person:
    """A person with one citation, in a post of an organization."""
    values = {"title": in_all_languages("Ma Yun"), **values}
    posts = parts or (Post(organization=organization()),)
    return cited(Person(key=key, **values), *posts)


def engagement(key: str = "a-meeting", *parts: Row, **values: Any) -> Engagement:
    """A meeting with one citation."""
    values = {"title": in_all_languages("Meeting"), "type": "meeting", **values}
    return cited(Engagement(key=key, **values), *parts)


def statement(key: str = "a-statement", *parts: Row, **values: Any) -> Statement:
    """A statement with one citation."""
    values = {"title": in_all_languages("Statement"), **values}
    values.setdefault("speaker", Person.objects.filter(key="ma-yun").first() or person())
    return cited(Statement(key=key, **values), *parts)


def cited(record: Any, *parts: Row) -> Any:
    """The record, saved with a citation of the report as a whole and the given parts."""
    return saved(record, CITATIONS[type(record)](source=report()), *parts)


def saved(record: Any, *parts: Row) -> Any:
    """The record, saved by the editor with the given parts and citations."""
    editing.save(record, by=editor(), reason="Entered in a test.", parts=parts)
    return record


def cite(path: str, **values: Any) -> FundCitation:
    """A citation of the report for a fund's figure."""
    return FundCitation(path=path, source=report(), **values)


def published(*records: Any) -> Any:
    """The records, published by the publisher with all they cite; the first of them."""
    publish([report(), *records], by=publisher(), reason="Agreed in a test.", confirmed="all")
    for record in records:
        record.refresh_from_db()
    return records[0]
