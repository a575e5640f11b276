"""What each kind of record is in the words of schema.org, and how much of it can be said in them.

Less is said rather than something that the record does not say: a proposal makes nobody a giver,
a post that is attested for one day is no present job, and our translation is not what was spoken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.initiatives import ROLES
from cooperation.gazette.shapes.platforms import TYPES as PLATFORM_TYPES
from cooperation.gazette.shapes.progress import STATUS
from cooperation.gazette.shapes.types import inner
from cooperation.gazette.shapes.vocabularies import COUNTRIES, STATUSES
from cooperation.rules.dates import format_date
from cooperation.rules.languages import pick
from cooperation.rules.parts import standing

from .linked_words import TYPES, Node, Voice, date, node, role, span
from .links import outside
from .page import other_titles

Document = Mapping[str, Any]

ORGANIZATIONS = {
    "ministry": "GovernmentOrganization",
    "agency": "GovernmentOrganization",
    "government": "GovernmentOrganization",
    "firm": "Corporation",
}
AGREEMENTS = {"free_trade_agreement": "Legislation", "treaty": "Legislation"}
SOURCES = {
    "news_article": "NewsArticle",
    "law": "Legislation",
    "treaty": "Legislation",
    "data_set": "Dataset",
}
# Who has bound itself gives its word (sponsor), who has paid gives its money (funder).
GIVERS = {"pledged": "sponsor", "committed": "sponsor", "paid": "funder"}


def thing(document: Document, voice: Voice) -> Node:
    """What a document tells of its record. No queries."""
    kind = document["kind"]
    name = voice.words(document["title"])
    others = (
        voice.said(other.text, voice.language if other.language is None else other.language)
        for other in other_titles(document, voice.language)
    )
    tell = THINGS.get(kind)
    told = tell(document, voice) if tell else {}
    return node(
        told.pop("type", TYPES.get(kind, "Thing")),
        id=voice.identity(document["url"]),
        name=name,
        alternateName=[other for other in others if other != name],
        **told,
    )


def _organization(document: Document, voice: Voice) -> Node:
    identifiers = document["identifiers"]
    numbers = {one["scheme"]: one["value"] for one in identifiers}
    return {
        "type": ORGANIZATIONS.get(document["type"], "Organization"),
        "url": outside(document["website"]),
        "address": _seat(document["country"]),
        "parentOrganization": voice.record(document["part_of"]),
        "foundingDate": date(document["founded"]),
        "dissolutionDate": date(document["dissolved"]),
        "leiCode": numbers.get("lei"),
        "identifier": [
            node("PropertyValue", propertyID=one["scheme"], value=one["value"])
            for one in identifiers
            if one["scheme"] and one["value"]
        ],
        "sameAs": [url for one in identifiers for url in [outside(one["url"])] if url],
    }


def _person(document: Document, voice: Voice) -> Node:
    attested = inner(shape("person")["posts"])["attested"].label
    return {
        "worksFor": _each(
            role(
                "worksFor",
                voice.record(post["organization"]),
                roleName=voice.words(post["title"]),
                startDate=date(post["from"]),
                endDate=date(post["until"]),
                description=post["attested"]
                and f"{attested}: {format_date(post['attested'], voice.language)}",
            )
            for post in document["posts"]
        )
    }


def _platform(document: Document, voice: Voice) -> Node:
    sort = document["type"]
    return {
        "url": outside(document["website"]),
        "serviceType": sort and PLATFORM_TYPES.label(sort, voice.language),
        "provider": voice.record(document["operator"]),
    }


def _initiative(document: Document, voice: Voice) -> Node:
    parts = document["participants"]
    return {
        "description": voice.words(document["summary"]),
        "disambiguatingDescription": _status(document, voice),
        "parentOrganization": voice.record(document["part_of"]),
        "member": _participants((p for p in parts if p["role"] != "funder"), "member", voice),
        "funder": _participants((p for p in parts if p["role"] == "funder"), "funder", voice),
    }


def _participants(parts: Iterable[Document], name: str, voice: Voice) -> list[Node]:
    return _each(
        role(
            name,
            voice.record(part["organization"]),
            roleName=part["role"] and ROLES.label(part["role"], voice.language),
            startDate=date(part["from"]),
            endDate=date(part["until"]),
        )
        for part in parts
    )


def _fund(document: Document, voice: Voice) -> Node:
    announced = document["totals"]["announced"]
    said = inner(shape("fund")["totals"])["announced"].label
    givers: dict[str, list[Any]] = {"sponsor": [], "funder": []}
    for commitment in standing(document["commitments"]):
        if commitment["stage"] in GIVERS:
            givers[GIVERS[commitment["stage"]]].append(commitment["contributor"])
    return {
        "description": voice.words(document["purpose"]),
        "disambiguatingDescription": _status(document, voice),
        # As text, because a number of JSON is not exact in every reader.
        "amount": announced
        and node(
            "MonetaryAmount",
            name=str(said),
            currency=announced["currency"],
            value=announced["amount"],
        ),
        **{name: voice.records(found) for name, found in givers.items()},
        "fundedItem": voice.records(one["initiative"] for one in document["allocations"]),
    }


def _agreement(document: Document, voice: Voice) -> Node:
    sort = AGREEMENTS.get(document["type"], "CreativeWork")
    signed = "legislationDate" if sort == "Legislation" else "dateCreated"
    since, until = date(document["in_force"]), date(document["ended"])
    return {
        "type": sort,
        signed: date(document["signed"]),
        "temporalCoverage": since and f"{since}/{until or '..'}",
        "about": _each(_party(party, voice) for party in document["parties"]),
    }


def _party(party: Document, voice: Voice) -> Node | None:
    country = party["country"]
    if country:
        return node("Country", name=COUNTRIES.label(country, voice.language), identifier=country)
    return voice.record(party["organization"])


def _engagement(document: Document, voice: Voice) -> Node:
    start, end = span(document["dates"])
    place = node("Place", name=voice.words(document["place"]), address=_seat(document["country"]))
    return {
        "startDate": start,
        "endDate": end,
        "location": place if len(place) > 1 else None,
        "superEvent": voice.record(document["part_of"]),
        "attendee": _each(_attendee(part, voice) for part in document["attendees"]),
        "about": voice.records(document["subjects"]),
    }


def _attendee(part: Document, voice: Voice) -> Node | None:
    person = voice.record(part["person"])
    if person is None:
        return voice.record(part["organization"])
    return role("attendee", person, roleName=voice.words(part["title"]))


def _statement(document: Document, voice: Voice) -> Node:
    text, language = _spoken(document, voice)
    title = voice.words(document["title_at_the_time"])
    return {
        "text": text,
        "inLanguage": language,
        "creator": role("creator", voice.record(document["speaker"]), roleName=title),
        "sourceOrganization": voice.record(document["organization"]),
        "recordedAt": voice.record(document["engagement"]),
        "dateCreated": date(document["date"]),
        "isBasedOn": voice.records(_sources_of("words", document)),
        "about": voice.records(document["subjects"]),
    }


def _spoken(document: Document, voice: Voice) -> tuple[str | None, str | None]:
    """The words as they were spoken, or as a source has them, and their language; never our translation."""
    original = document["original_language"]
    found = {
        language: text
        for language, text in document["words"].items()
        if f"words/{language}" not in document["editorial"]
        and (not original or language.partition("-")[0] == original.partition("-")[0])
    }
    picked = pick(found, voice.language, settings.PORTAL_MAIN_LANGUAGE)
    return (picked.text, picked.language) if picked.text else (None, original)


def _sources_of(name: str, document: Document) -> Iterator[Document]:
    for citation in document["citations"]:
        if (citation["path"] or "").partition("/")[0] == name:
            yield citation["source"]


def _source(document: Document, voice: Voice) -> Node:
    return {
        "type": SOURCES.get(document["type"], "CreativeWork"),
        "url": outside(document["website"]),
        # Whether it is people or a desk who sign is not on record, so nobody is made a person.
        "creditText": list(document["authors"]),
        "publisher": voice.record(document["publisher"]),
        "datePublished": date(document["published"]),
        "inLanguage": document["language"],
    }


def _status(document: Document, voice: Voice) -> str | None:
    value = document["status"]["value"]
    return f"{STATUS.label}: {STATUSES.label(value, voice.language)}" if value else None


def _seat(country: str | None) -> Node | None:
    return node("PostalAddress", addressCountry=country) if country else None


def _each(nodes: Iterable[Node | None]) -> list[Node]:
    return [one for one in nodes if one]


THINGS: dict[str, Callable[[Document, Voice], Node]] = {
    "organization": _organization,
    "person": _person,
    "platform": _platform,
    "initiative": _initiative,
    "fund": _fund,
    "agreement": _agreement,
    "engagement": _engagement,
    "statement": _statement,
    "source": _source,
}
