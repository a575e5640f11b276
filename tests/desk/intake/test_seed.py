"""The seed: what one report says, whole, cited, in three languages, and nothing else."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

from cooperation.catalogue import KINDS
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.reading import SEED, read
from cooperation.gazette.models import Edition
from cooperation.gazette.verifying import verify

# What the seed says does not depend on the engine; tests/desk/test_seeding.py publishes it on both.
pytestmark = pytest.mark.once

RECORDS = {
    ("source", "korea-bizwire-2015-01-29"),
    ("organization", "government-of-korea"),
    ("organization", "government-of-china"),
    ("organization", "ministry-of-strategy-and-finance"),
    ("organization", "korea-international-trade-association"),
    ("organization", "alibaba-group"),
    ("organization", "korea-bizwire"),
    ("initiative", "tmall-global-kmall24-link"),
    ("initiative", "korean-products-on-alibaba"),
    ("initiative", "korean-farm-exports-to-china"),
    ("initiative", "alibaba-korean-logistics-ties"),
    ("initiative", "investment-in-tv-dramas-films-and-entertainment"),
    ("fund", "korea-china-cultural-fund"),
    ("organization", "european-union"),
    ("person", "choi-kyung-hwan"),
    ("person", "ma-yun"),
    ("platform", "tmall-global"),
    ("platform", "kmall24"),
    ("platform", "alibaba-korean-agricultural-goods-market"),
    ("agreement", "korea-united-states-free-trade-agreement"),
    ("agreement", "korea-european-union-free-trade-agreement"),
    ("agreement", "korea-china-free-trade-agreement"),
    ("engagement", "choi-visit-to-china-2015"),
    ("engagement", "hangzhou-meeting-2015-01-28"),
    ("statement", "choi-kyung-hwan-on-free-trade-and-logistics"),
    ("statement", "ma-yun-on-logistics-and-culture"),
}

# The passages that the seed quotes, copied from the report by hand.
PASSAGES = {
    "paragraph 1": [
        "South Korea is the only major global trading nation to have FTAs with the United States, the European Union and China. This uniqueness makes Korea an ideal base for global enterprises seeking market access to the three largest economies in the world. With Alibaba’s ongoing strategy to expand its presence in the global market, it makes sense to increase cooperation with South Korean logistics companies.",
        "Choi Kyung-hwan, deputy prime minister and finance minister of Korea",
    ],
    "paragraph 2": [
        "I agree with you. Now I’m looking at closer ties with South Korean logistics companies. Also, I’m very much interested in introducing Korea’s cultural content to China. Alibaba is discussing with various companies to invest in TV dramas, movies and entertainment businesses.",
        "Ma Yun (Jack Ma), chairman of Alibaba Group",
    ],
    "paragraph 3": [
        "SEOUL, Jan. 29 (Korea Bizwire)",
        "In a meeting with South Korea’ Deputy Prime Minister Choi Kyung-hwan at the Alibaba Group headquarters in Hangzhou, China, on January 28, Jack Ma, head of the Chinese e-commerce giant showed his interest in Korea’s cultural content industry.",
    ],
    "paragraph 4": [
        "During his three day visit to China, Choi, also minister of Strategy and Finance, visited Chairman Ma to push for an expansion of Korean products on Alibaba and to make a tie between Alibaba’s Tmall-Global system and Kmall24 operated by the Korea International Trade Association",
    ],
    "paragraph 5": [
        "The two also discussed the possibility of expanding the Chinese market for Korean agricultural products through Alibaba. Last October, Alibaba had opened a dedicated business-to-business market to handle South Korean agricultural goods.",
    ],
    "paragraph 6": [
        "In response to Choi’s encouragement to invest in Korea, Ma explained that he is discussing with various companies to invest in TV dramas and movies, and has a deep interest in Korea’s cultural content business.",
    ],
    "paragraph 7": [
        "In addition, Ma showed interest in the 200 billion won cultural fund that Seoul and Beijing want to set up to facilitate exchanges in the cultural sphere, according to the ministry",
        "the two countries will offer 40 billion (US$37.1 million) each, with 120 billion won coming from the private sector",
    ],
    "byline": ["By John Choi"],
}
ACCORDING_TO_THE_MINISTRY = "In addition, Ma showed interest in the 200 billion won cultural fund that Seoul and Beijing want to set up to facilitate exchanges in the cultural sphere"


@pytest.fixture(scope="module")
def written():
    """The records as the file has them, by kind and key."""
    return {(record["kind"], record["key"]): record for record in read(SEED)}


def citations(record, path):
    """The citations of a path, or of the part it lies in."""
    above = path.rpartition("/")[0]
    return [c for c in record["citations"] if c["path"] in (path, above) and c["path"]]


def test_the_seed_is_published_whole_and_the_register_is_sound(seeded):
    assert seeded.keys() == RECORDS
    assert Edition.objects.count() == 26
    assert list(verify()) == []


def test_a_second_seed_does_nothing_and_says_so(seeded):
    said = StringIO()
    call_command("seed", stdout=said)
    assert said.getvalue() == "The gazette holds 26 editions already, so the seed was left out.\n"
    assert Edition.objects.count() == 26


def test_entering_the_seed_again_changes_nothing(seeded):
    result = enter(read(SEED), by=None, reason="Again.")
    assert (result.created, result.changed, len(result.unchanged)) == ([], [], 26)
    states = {r.state for kind in KINDS for r in apps.get_model("desk", kind).objects.all()}
    assert states == {"published"}


def test_intake_changed_it_registrar_published_it_and_nobody_signs_in_as_either(seeded):
    users = {user.username: user for user in get_user_model().objects.all()}
    assert users.keys() == {"intake", "registrar"}
    assert not any(user.has_usable_password() or user.is_active for user in users.values())
    entries = [e for kind in KINDS for e in apps.get_model("desk", kind).history.all()]
    done = {(entry.history_type, entry.history_user.username) for entry in entries}
    assert done == {("+", "intake"), ("~", "registrar")}


def test_the_authors_address_stands_nowhere(published):
    everything = SEED.read_text() + json.dumps(list(published.values()))
    assert "@" not in everything
    assert "johnchoi" not in everything.lower()
    assert published["source", "korea-bizwire-2015-01-29"]["authors"] == ["John Choi"]


def test_every_quotation_stands_in_the_paragraph_that_it_is_cited_from(written):
    for record in written.values():
        for citation in record["citations"]:
            if citation["locator"] == "whole report":
                assert "quote" not in citation
            else:
                passages = PASSAGES[citation["locator"]]
                assert any(citation["quote"] in passage for passage in passages), citation


def test_every_citation_names_the_report_and_every_inference_says_why(written):
    for record in written.values():
        for citation in record["citations"]:
            assert citation["source"] == "korea-bizwire-2015-01-29"
            assert bool(citation.get("note")) == citation.get("inferred", False), citation


def test_only_what_the_report_attributes_to_the_ministry_is(written):
    for record in written.values():
        for citation in record["citations"]:
            quote = citation.get("quote", "")
            of_sentence = len(quote) > 20 and quote in ACCORDING_TO_THE_MINISTRY
            attributed = citation.get("attributed_to") == "the ministry"
            assert attributed == of_sentence, citation


def test_titles_and_summaries_are_there_in_three_languages(published):
    for (kind, _key), document in published.items():
        texts = {
            "initiative": ["summary"],
            "fund": ["purpose"],
            "statement": ["words", "title_at_the_time"],
        }
        for name in ["title", *texts.get(kind, [])]:
            assert all(document[name][language] for language in ("en", "ko", "zh-Hans"))


def test_every_wording_is_editorial_but_the_names_that_bodies_bear_themselves(published):
    own_names = {
        ("government-of-korea", "en"),
        ("government-of-korea", "ko"),
        ("government-of-china", "en"),
        ("government-of-china", "zh-Hans"),
        ("ministry-of-strategy-and-finance", "en"),
        ("ministry-of-strategy-and-finance", "ko"),
        ("korea-international-trade-association", "en"),
        ("korea-international-trade-association", "ko"),
        ("alibaba-group", "en"),
        ("alibaba-group", "zh-Hans"),
        ("korea-bizwire", "en"),
        ("european-union", "en"),
        ("choi-kyung-hwan", "en"),
        ("choi-kyung-hwan", "ko"),
        ("ma-yun", "en"),
        ("ma-yun", "zh-Hans"),
        ("tmall-global", "en"),
        ("tmall-global", "zh-Hans"),
        ("kmall24", "en"),
    }
    not_editorial = {
        (key, language)
        for (_kind, key), document in published.items()
        for language in ("en", "ko", "zh-Hans")
        if f"title/{language}" not in document["editorial"]
    }
    assert not_editorial == own_names
    for (kind, _key), document in published.items():
        for name in {"initiative": ["summary"], "fund": ["purpose"]}.get(kind, []):
            assert {f"{name}/{code}" for code in ("en", "ko", "zh-Hans")} <= set(
                document["editorial"]
            )


def test_a_name_that_the_report_does_not_give_is_cited_as_inferred(written):
    for record in written.values():
        for name in record.get("names", ()):
            cited = citations(record, f"names/{name['id']}")
            stated = any(name["text"] in citation["quote"] for citation in cited)
            assert cited
            assert stated != any(citation.get("inferred") for citation in cited)


def test_statuses_are_as_soberly_read(published):
    read_as = {
        key: (document["status"]["value"], document["status"]["since"])
        for (kind, key), document in published.items()
        if kind in ("initiative", "fund")
    }
    assert read_as == {
        "tmall-global-kmall24-link": ("proposed", "2015-01-28"),
        "korean-products-on-alibaba": ("proposed", "2015-01-28"),
        "korean-farm-exports-to-china": ("under_discussion", "2015-01-28"),
        "alibaba-korean-logistics-ties": ("under_discussion", "2015-01-29"),
        "investment-in-tv-dramas-films-and-entertainment": ("under_discussion", "2015-01-28"),
        "korea-china-cultural-fund": ("proposed", "2015-01-29"),
    }


def test_every_amount_date_participant_and_status_is_cited(written):
    proven = 0
    for record in written.values():
        paths = [
            name for name in (
                "sectors", "countries", "type", "country", "published", "summary", "purpose", "operator",
                "opened", "dates", "place", "part_of", "speaker", "organization", "engagement", "words",
                "title_at_the_time",
            )
            if record.get(name)
        ]  # fmt: skip
        for name in ("platforms", "agreements", "subjects"):
            paths += [f"{name}/{named.rpartition('/')[2]}" for named in record.get(name, ())]
        for name, members in {
            "announcements": ["amount"],
            "commitments": ["amount", "stage", "contributor", "contributor_class", "reported_as"],
            "participants": ["organization"],
            "status_reports": ["date", "status"],
            "milestones": ["done"],
            "products": ["title"],
            "names": ["text"],
            "posts": ["organization", "title", "attested"],
            "parties": ["country", "organization"],
            "attendees": ["person", "title", "organization"],
        }.items():
            paths += [
                f"{name}/{p['id']}/{m}" for p in record.get(name, ()) for m in members if p.get(m)
            ]
        for path in paths:
            assert citations(record, path), (record["key"], path)
        proven += len(paths)
    assert proven == 161


def test_every_year_is_inferred(written):
    dated = {
        (record["key"], path): date
        for record in written.values()
        for path, date in [
            *((name, record.get(name)) for name in ("published", "opened", "dates")),
            *((f"posts/{p['id']}/attested", p["attested"]) for p in record.get("posts", ())),
            *((f"status_reports/{p['id']}/date", p["date"]) for p in record.get("status_reports", ())),
            *((f"milestones/{p['id']}/done", p["done"]) for p in record.get("milestones", ())),
            *((f"announcements/{p['id']}/date", p["date"]) for p in record.get("announcements", ())),
            *((f"commitments/{p['id']}/date", p["date"]) for p in record.get("commitments", ())),
        ]
        if date
    }  # fmt: skip
    assert sorted(dated.values()) == [
        *["2014-10"] * 2,
        "2015-01",
        *["2015-01-28"] * 5,
        *["2015-01-29"] * 6,
    ]
    for (key, path), date in dated.items():
        record = next(record for record in written.values() if record["key"] == key)
        (citation,) = [c for c in record["citations"] if c["path"] == path]
        assert citation["inferred"]
        assert "year" in citation["note"]
        assert date[:4] not in citation["quote"]
