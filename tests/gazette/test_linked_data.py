"""Linked data: in the words of schema.org, nothing that the record does not say, and nothing that runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from cooperation.catalogue import KINDS
from cooperation.faces.linked_data import script
from cooperation.gazette.models import Current
from cooperation.gazette.presenting import linked_things
from cooperation.gazette.presenting.linked_data import graph, of_record
from cooperation.gazette.presenting.linked_words import Voice
from cooperation.gazette.references import Label, relabelled
from cooperation.rules.languages import LANGUAGES
from tests.contracts.crowds import FIRST, document
from tests.examples import commitment
from tests.worlds import Document, reference, sample, texts

from .schema_org import faults, nodes

SITE = "https://portal.example"
HEADER = {"number": 7, "published_at": "2026-11-24T00:00:00Z"}
NAMES = {
    (kind, key): Label(kind, key, f"/{KINDS[kind].plural}/{key}/", texts(f"The {kind}"))
    for kind in KINDS
    for key in (FIRST, "other")
}
# What stands in no document: what the portal calls codes and members, itself, and its pages.
OURS = {
    "Announced", "Andorra", "Attested: 28 January 2015", "Cooperation Portal",
    "Cooperation Portal editorial office", "Home", "Marketplace", "Proposer", "Status: Proposed",
    "https://creativecommons.org/licenses/by/4.0/", "en",
}  # fmt: skip


def told(document: Document, language: str = "en") -> list[dict[str, Any]]:
    """The linked data of a document, the records that it names being public."""
    return of_record(relabelled(document, NAMES), HEADER, Voice(language, SITE))


def thing(document: Document, language: str = "en") -> dict[str, Any]:
    """What is told of the record itself."""
    return told(document, language)[-1]


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if name not in ("@type", "@id", "@language"):
                yield from texts_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from texts_in(inside)
    elif isinstance(value, str):
        yield value


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_speaks_as_schema_org_does(kind, language):
    for said in (document(kind, FIRST, rows=2), sample(kind, FIRST)):
        assert faults(told(said, language)) == []


@pytest.mark.django_db
def test_the_first_report_is_told_as_schema_org_has_it(db):
    call_command("seed", verbosity=0)
    rows = list(Current.objects.all())
    assert len(rows) == 26
    for row in rows:
        for language in LANGUAGES:
            data = of_record(row.content, json.loads(row.header), Voice(language, SITE))
            assert faults(json.loads(json.dumps(graph(data)))) == []


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Grant-like thing"},
        {"@type": "Person", "foundingDate": "2015"},
        {"@type": "Organization", "foundingDate": "2015-01-27/2015-01-29"},
        {"@type": "Organization", "url": "/organizations/first/"},
        {"@type": "Person", "worksFor": {"@type": "Person", "name": "Somebody"}},
        {"@type": "Organization", "license": "https://licence.example/"},
    ],
)
def test_what_schema_org_does_not_know_is_noticed(wrong):
    """The control."""
    assert len(faults([wrong])) == 1


def invented(kind: str) -> set[str]:
    """What linked data tell of a full record of that kind that stands neither in it nor among our words."""
    said = relabelled(document(kind, FIRST), NAMES)
    in_force = "2015-01-28/2015-01-28"
    known = {*texts_in(said), *texts_in(HEADER), *OURS, in_force, str(KINDS[kind].label_plural)}
    return {text for text in texts_in(told(said)) if not text.startswith(f"{SITE}/")} - known


@pytest.mark.once
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_that_the_document_does_not_say(kind):
    assert invented(kind) == set()


@pytest.mark.once
def test_what_is_made_up_is_noticed(monkeypatch):
    """The control: people who are said to be ministers."""
    monkeypatch.setitem(linked_things.THINGS, "person", lambda *_: {"jobTitle": "Minister"})
    assert invented("person") == {"Minister"}


@pytest.mark.once
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_unknown_is_left_out(kind):
    assert thing(sample(kind, "only")).keys() == {"@type", "@id", "name"}


@pytest.mark.once
def test_a_page_names_its_edition_licence_and_sources_and_its_subject_does_not():
    page, way, subject = told(document("organization", FIRST))
    assert page["@id"] == page["url"] == f"{SITE}/organizations/first/"
    assert (page["version"], page["dateModified"]) == (7, "2026-11-24T00:00:00Z")
    assert [one["name"] for one in page["citation"]] == ["The source"]
    assert page["mainEntity"] == {"@id": subject["@id"]}
    assert [one["name"] for one in way["itemListElement"]] == ["Home", "Organizations", "First"]
    assert not {"license", "citation", "dateModified"} & subject.keys()


@pytest.mark.once
def test_a_thing_is_the_same_in_every_language_and_its_page_another():
    for_korea = sample("organization", FIRST, title=texts("Ministry", "부처", None))
    page, _way, subject = told(for_korea, "ko")
    assert subject["@id"] == f"{SITE}/organizations/first/#this"
    assert (page["@id"], page["inLanguage"]) == (f"{SITE}/ko/organizations/first/", "ko")
    assert subject["name"] == "부처"
    assert subject["alternateName"] == [{"@value": "Ministry", "@language": "en"}]
    assert thing(for_korea, "zh-Hans")["name"] == {"@value": "Ministry", "@language": "en"}


@pytest.mark.once
def test_an_organization_is_known_by_its_numbers():
    identifiers = [
        {"id": "lei", "scheme": "lei", "value": "213800KUD8LAJWSQ9D15", "url": None},
        {"id": "w", "scheme": "wikidata", "value": "Q1", "url": "https://www.wikidata.org/wiki/Q1"},
    ]
    subject = thing(sample("organization", "firm", type="firm", identifiers=identifiers))
    assert subject["@type"] == "Corporation"
    assert subject["leiCode"] == "213800KUD8LAJWSQ9D15"
    assert subject["sameAs"] == ["https://www.wikidata.org/wiki/Q1"]


@pytest.mark.once
def test_a_proposal_makes_nobody_a_giver_and_what_was_replaced_does_not_count():
    commitments = [
        commitment("a", FIRST, "1", stage="proposed"),
        commitment("b", "other", "1", stage="pledged"),
        commitment("c", "other", "1", stage="paid", replaces="b"),
    ]
    fund = sample("fund", "fund", commitments=commitments)
    assert "sponsor" not in thing(fund)
    assert [giver["@id"] for giver in thing(fund)["funder"]] == [
        f"{SITE}/organizations/other/#this"
    ]
    fund["commitments"].pop()
    assert "funder" not in thing(fund)
    assert [one["@id"] for one in thing(fund)["sponsor"]] == [f"{SITE}/organizations/other/#this"]


@pytest.mark.once
def test_an_amount_is_told_exactly():
    total = {"amount": "123456789012345678901234567890", "currency": "KRW"}
    fund = sample("fund", "fund")
    fund["totals"]["announced"] = total
    assert thing(fund)["amount"]["value"] == total["amount"]


@pytest.mark.once
def test_a_translation_of_ours_is_never_quoted_as_what_was_said():
    words = texts("I agree.", "동의합니다.", None)
    said = sample("statement", "said", words=words, editorial=["words/ko"])
    assert (thing(said, "ko")["text"], thing(said, "ko")["inLanguage"]) == ("I agree.", "en")
    in_korean = {**said, "editorial": [], "original_language": "ko"}
    assert thing(in_korean)["text"] == "동의합니다."
    assert "text" not in thing({**said, "original_language": "fr"})


@pytest.mark.once
@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        ("2015-01", "2015-01", None),
        ("2015-01-27/2015-01-29", "2015-01-27", "2015-01-29"),
        ("2014-10/..", "2014-10", None),
        (None, None, None),
    ],
)
def test_a_time_is_told_as_exactly_as_it_is_known(dates, start, end):
    subject = thing(sample("engagement", "met", dates=dates))
    assert (subject.get("startDate"), subject.get("endDate")) == (start, end)


@pytest.mark.once
def test_a_record_that_is_not_public_is_not_named():
    platform = sample("platform", "shop", operator=reference("organization", "hidden"))
    assert "hidden" not in json.dumps(told(platform))


@pytest.mark.once
def test_no_title_can_end_the_block_of_data():
    hostile = "</script><script>alert(1)</script><!-- & \u2028\u2029"
    data = told(sample("organization", FIRST, title=texts(hostile)))
    block = script(data)
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>\n")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert {node.get("name") for node in nodes(json.loads(inside))} >= {hostile}


@pytest.mark.once
def test_a_block_that_is_not_escaped_is_noticed(monkeypatch):
    """The control: the signs stand as they were written."""
    monkeypatch.setattr("cooperation.faces.linked_data.ESCAPES", {})
    hostile = sample("organization", FIRST, title=texts("</script><script>alert(1)</script>"))
    assert "<script>alert" in script(told(hostile))
