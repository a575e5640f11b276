"""Merging: two records become one, what named the other follows, and its key leads on for good."""

import pytest

from cooperation.desk import editing
from cooperation.desk.documents import document
from cooperation.desk.models import (
    EngagementCitation,
    EngagementSubject,
    Identifier,
    Initiative,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Participant,
    Source,
    StatementSubject,
    Succession,
)
from cooperation.desk.publishing import publish
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.presenting.changes import label_at
from cooperation.gazette.presenting.wording import Wording
from cooperation.gazette.references import labels_in, relabelled
from cooperation.gazette.verifying import verify
from cooperation.rules.canonical import canonical, digest
from tests.desk.mergers import REASON, merged
from tests.desk.records import (
    cite,
    cited,
    editor,
    engagement,
    fund,
    initiative,
    organization,
    published,
    publisher,
    report,
    statement,
)

pytestmark = pytest.mark.django_db


def test_a_public_record_leads_to_the_other_and_what_named_it_is_refreshed():
    loser, survivor = organization("alibaba"), organization("alibaba-group")
    link = initiative("a-link", Participant(organization=loser, role="operator"))
    published(survivor, loser, link)
    before = Edition.objects.count()
    done = merged(loser, survivor)
    assert [(e.action, e.kind, e.key, e.successor) for e in done.editions] == [
        ("merged", "organization", "alibaba", "alibaba-group"),
        ("refreshed", "initiative", "a-link", None),
    ]
    assert done.editions[0].number == before + 1
    assert done.editions[0].reason == REASON
    assert (loser.state, loser.successor) == ("merged", "alibaba-group")
    named = Current.objects.get(kind="initiative").content["participants"][0]["organization"]
    assert (named["key"], named["title"]["en"]) == ("alibaba-group", "Alibaba Group")
    assert list(verify()) == []
    reindex()
    assert list(verify()) == []


def test_what_was_public_as_it_stands_stays_so_and_the_survivor_waits_for_a_publisher():
    loser, survivor = organization("a", website="https://a.example"), organization("b")
    link = initiative("a-link", Participant(organization=loser, role="operator"))
    published(survivor, loser, link)
    merged(loser, survivor)
    link.refresh_from_db()
    assert (link.state, link.version, link.published_version) == ("published", 2, 2)
    assert link.participants.get().organization == survivor
    entry = type(link).history.filter(id=link.pk).first()
    assert entry.history_user == publisher()
    assert entry.history_change_reason == f"organization/a merged into organization/b: {REASON}"
    assert (survivor.state, survivor.website) == ("changed", "https://a.example")
    assert publish([link], by=publisher(), reason=REASON, confirmed="all") == []


def test_what_an_editor_has_changed_meanwhile_follows_without_becoming_public():
    loser, survivor = organization("a"), organization("b")
    link = initiative("a-link", Participant(organization=loser, role="operator"))
    published(survivor, loser, link)
    link.title_en = "Not yet public"
    editing.save(link, by=editor(), reason="Renamed.")
    merged(loser, survivor)
    link.refresh_from_db()
    assert (link.state, link.participants.get().organization) == ("changed", survivor)
    assert Current.objects.get(kind="initiative").content["title"]["en"] == "A Link"


def test_every_way_of_naming_a_record_follows():
    loser, survivor = organization("a"), organization("b")
    child = organization("child", part_of=loser)
    heir = organization("heir", Succession(type="predecessor", organization=loser))
    talks = engagement("talks", EngagementSubject(organization=loser))
    source = cited(organization("other"), OrganizationCitation(source=report()))
    saying = statement("saying", StatementSubject(organization=loser), organization=loser)
    money = fund("money", manager=loser)
    done = merged(loser, survivor)
    for record in (child, heir, talks, source, saying, money):
        record.refresh_from_db()
    assert child.part_of == heir.successions.get().organization == survivor
    assert talks.subjects.get().organization == saying.subjects.get().organization == survivor
    assert (saying.organization, money.manager) == (survivor, survivor)
    assert done.followed == 5
    assert [record.version for record in (child, heir, talks, saying, money)] == [2, 2, 2, 2, 2]
    assert done.editions == []


def test_a_list_that_named_both_names_the_survivor_once():
    loser, survivor = organization("a"), organization("b")
    subjects = [EngagementSubject(organization=one) for one in (survivor, loser)]
    about = [EngagementSubject(organization=organization("c"))]
    talks = engagement("talks", *subjects, *about)
    published(survivor, loser, Organization.objects.get(key="c"), talks)
    merged(loser, survivor)
    talks.refresh_from_db()
    assert [one.target.key for one in talks.subjects.all()] == ["b", "c"]
    shown = Current.objects.get(kind="engagement").content["subjects"]
    assert [one["key"] for one in shown] == ["b", "c"]
    assert talks.state == "published"


def test_a_citation_of_an_item_or_of_a_row_that_went_concerns_the_one_that_stays():
    loser, survivor = organization("a"), organization("b")
    rows = [Participant(organization=one, role="operator") for one in (survivor, loser)]
    link = initiative("a-link", *rows)
    talks = engagement("talks", EngagementSubject(organization=loser))
    for record, path in ((link, "participants/a/role"), (talks, "subjects/a")):
        citation = record.citations.get()
        citation.path = path
        citation.save()
    merged(loser, survivor)
    assert [row.part_id for row in link.participants.all()] == ["b"]
    assert link.citations.get().path == "participants/b/role"
    assert talks.citations.get().path == "subjects/b"


def test_public_citations_of_an_item_of_a_list_follow_as_at_the_desk():
    loser, survivor = initiative("a"), initiative("b")
    proofs = [
        EngagementCitation(source=report(), path=path, note=note)
        for path, note in (
            ("subjects/a", "One"), ("subjects/b", "Two"), ("subjects/a", "Two"), ("subjects", ""),
            ("subjects/b", "Two"), ("subjects/a", "One"), ("subjects/ab", "Of another"),
        )
    ]  # fmt: skip
    named = [EngagementSubject(initiative=one) for one in (loser, survivor, initiative("ab"))]
    talks = engagement("talks", *named, *proofs)
    other = engagement("other", EngagementSubject(initiative=loser), EngagementCitation(
        source=report(), path="subjects/a"
    ))  # fmt: skip
    published(survivor, loser, Initiative.objects.get(key="ab"), talks, other)
    merged(loser, survivor)
    for record, paths in (
        (talks, ["", "subjects/b", "subjects/b", "subjects", "subjects/b", "subjects/ab"]),
        (other, ["", "subjects/b"]),
    ):
        record.refresh_from_db()
        now = Current.objects.get(kind="engagement", key=record.key).content
        assert [one["path"] or "" for one in now["citations"]] == paths
        labels = labels_in(now)
        assert (record.state, digest(canonical(relabelled(document(record), labels)))) == (
            "published", digest(canonical(now)),
        )  # fmt: skip
        # What people read of it names the record and shows no path.
        assert label_at(Wording(now, "ko"), "subjects/b").endswith("› B 한국어")
    assert list(verify()) == []


def test_each_field_says_what_was_chosen_and_what_was_empty_is_filled():
    loser = organization("a", country="CN", founded="1999", website="https://a.example")
    survivor = organization("b", country="KR", founded="2001")
    merged(loser, survivor, choices={"founded": "loser", "title/ko": "loser", "names": "former"})
    said = (survivor.country, survivor.founded, survivor.website, survivor.title["ko"])
    assert said == ("KR", "1999", "https://a.example", "A 한국어")
    names = [(row.type, row.text, row.lang) for row in survivor.names.all()]
    assert names == [
        ("former", "A", "en"),
        ("former", "B 한국어", "ko"),
        ("former", "A 中文", "zh-Hans"),
    ]


def test_of_lists_both_stay_unless_one_is_chosen():
    loser, survivor = (
        initiative("a", countries=["CN", "JP"]),
        initiative("b", countries=["KR", "JP"]),
    )
    other = initiative("c", countries=["US"])
    merged(loser, survivor)
    assert survivor.countries == ["KR", "JP", "CN"]
    merged(survivor, other, choices={"countries": "survivor"})
    assert other.countries == ["US"]


def test_parts_move_under_ids_of_their_own_and_none_is_doubled():
    def names():
        return [
            OrganizationName(part_id="same", type="short", text="AB", lang="en"),
            OrganizationName(part_id="taken", type="short", text=f"X{next(count)}", lang="en"),
        ]

    count = iter((1, 2))
    loser = organization(
        "a", *names(), OrganizationCitation(source=report(), path="names/taken/text")
    )
    survivor = organization("b", *names(), Identifier(scheme="wikidata", value="Q1"))
    merged(loser, survivor, choices={"names": "none"})
    assert [(row.part_id, row.text) for row in survivor.names.all()] == [
        ("same", "AB"), ("taken", "X2"), ("taken-2", "X1"),
    ]  # fmt: skip
    assert [row.path for row in survivor.citations.all()] == ["", "names/taken-2/text"]
    assert loser.names.count() == 2


def test_a_citation_goes_with_the_value_that_it_proves():
    def record(key, year):
        return organization(
            key,
            OrganizationCitation(source=report(), path="founded", note=key),
            OrganizationCitation(source=report(), path="country", note=key),
            founded=year,
            country="KR",
        )

    loser, survivor, third = record("a", "1999"), record("b", "2001"), record("c", "2003")
    merged(loser, survivor)
    proofs = [(row.path, row.note) for row in survivor.citations.exclude(path="")]
    assert proofs == [("founded", "b"), ("country", "b"), ("country", "a")]
    merged(survivor, third, choices={"founded": "loser"})
    proofs = {(row.path, row.note) for row in third.citations.exclude(path="")}
    assert proofs == {("country", one) for one in "abc"} | {("founded", "b")}


def test_a_source_takes_the_kept_copy_and_what_quotes_it():
    loser = report()
    survivor = Source.objects.create(key="the-report", title_en="The report", type="news_article")
    money = fund("money", cite("title", quote="40 billion each"))
    merged(loser, survivor)
    assert survivor.kept_text == loser.kept_text != ""
    assert {row.source_id for row in money.citations.all()} == {survivor.pk}
