"""The seed's people, platforms, agreements, engagements and statements, and how they hang together."""

from decimal import Decimal

import pytest

from cooperation.desk import models

# What the seed says does not depend on the engine; tests/desk/test_seeding.py publishes it on both.
pytestmark = pytest.mark.once

CHOI = (
    "South Korea is the only major global trading nation to have FTAs with the United States, the "
    "European Union and China. This uniqueness makes Korea an ideal base for global enterprises "
    "seeking market access to the three largest economies in the world. With Alibaba’s ongoing "
    "strategy to expand its presence in the global market, it makes sense to increase cooperation "
    "with South Korean logistics companies."
)
MA = (
    "I agree with you. Now I’m looking at closer ties with South Korean logistics companies. Also, "
    "I’m very much interested in introducing Korea’s cultural content to China. Alibaba is discussing "
    "with various companies to invest in TV dramas, movies and entertainment businesses."
)


def test_the_people_hold_the_posts_that_the_report_attests(published):
    posts = {
        (key, post["organization"]["key"], post["title"]["en"], post["attested"])
        for (kind, key), document in published.items()
        if kind == "person"
        for post in document["posts"]
    }
    assert posts == {
        ("choi-kyung-hwan", "government-of-korea", "Deputy Prime Minister", "2015-01-29"),
        (
            "choi-kyung-hwan",
            "ministry-of-strategy-and-finance",
            "Minister of Strategy and Finance",
            "2015-01-29",
        ),
        ("ma-yun", "alibaba-group", "Chairman", "2015-01-29"),
    }
    assert "Jack Ma" in [name["text"] for name in published["person", "ma-yun"]["names"]]


def test_no_date_of_an_agreement_is_invented(published):
    parties = set()
    for (kind, key), document in published.items():
        if kind == "agreement":
            assert not any(
                document[name]
                for name in ("concluded", "signed", "provisionally_applied", "in_force", "ended")
            )
            parties |= {
                (key, party["country"] or party["organization"]["key"])
                for party in document["parties"]
            }
    assert parties == {
        ("korea-united-states-free-trade-agreement", "KR"),
        ("korea-united-states-free-trade-agreement", "US"),
        ("korea-european-union-free-trade-agreement", "KR"),
        ("korea-european-union-free-trade-agreement", "european-union"),
        ("korea-china-free-trade-agreement", "KR"),
        ("korea-china-free-trade-agreement", "CN"),
    }


def test_the_meeting_lies_within_the_visit_and_names_who_met_about_what(published):
    meeting = published["engagement", "hangzhou-meeting-2015-01-28"]
    assert meeting["dates"] == "2015-01-28"
    assert meeting["part_of"]["key"] == "choi-visit-to-china-2015"
    assert [one["person"]["key"] for one in meeting["attendees"]] == ["choi-kyung-hwan", "ma-yun"]
    assert {one["key"] for one in meeting["subjects"]} == {
        "tmall-global-kmall24-link",
        "korean-products-on-alibaba",
        "korean-farm-exports-to-china",
        "investment-in-tv-dramas-films-and-entertainment",
        "korea-china-cultural-fund",
    }
    # Its days are not known, only that they lie in that month.
    assert published["engagement", "choi-visit-to-china-2015"]["dates"] == "2015-01"


def test_what_was_said_stands_in_full_and_its_language_is_unknown(published):
    first, second = (
        published["statement", key]
        for key in (
            "choi-kyung-hwan-on-free-trade-and-logistics",
            "ma-yun-on-logistics-and-culture",
        )
    )
    assert (first["words"]["en"], second["words"]["en"]) == (CHOI, MA)
    for statement in (first, second):
        assert statement["original_language"] is None
        assert {"words/ko", "words/zh-Hans"} <= set(statement["editorial"])
    assert {one["key"] for one in second["subjects"]} == {
        "alibaba-korean-logistics-ties",
        "investment-in-tv-dramas-films-and-entertainment",
    }


def test_platforms_are_run_by_whom_the_report_names(published):
    assert {
        key: (document["operator"]["key"], document["opened"])
        for (kind, key), document in published.items()
        if kind == "platform"
    } == {
        "tmall-global": ("alibaba-group", None),
        "kmall24": ("korea-international-trade-association", None),
        "alibaba-korean-agricultural-goods-market": ("alibaba-group", "2014-10"),
    }
    link = published["initiative", "tmall-global-kmall24-link"]
    assert [one["key"] for one in link["platforms"]] == ["kmall24", "tmall-global"]


def test_the_fund_adds_up(seeded):
    fund = seeded["fund", "korea-china-cultural-fund"]
    commitments = {
        part["id"]: (
            part["amount"]["amount"],
            part["contributor"] and part["contributor"]["key"],
            part["contributor_class"],
            [(r["text"], r["amount"], r["currency"]) for r in part["reported_as"]],
        )
        for part in fund["commitments"]
    }
    dollars = [("US$37.1 million", "37100000", "USD")]
    assert commitments == {
        "korea": ("40000000000", "government-of-korea", None, dollars),
        "china": ("40000000000", "government-of-china", None, dollars),
        "private-sector": ("120000000000", None, "private_sector", []),
    }
    assert sum(Decimal(amount) for amount, *_ in commitments.values()) == 200_000_000_000
    assert {part["stage"] for part in fund["commitments"]} == {"proposed"}
    assert [a["amount"]["amount"] for a in fund["announcements"]] == ["200000000000"]
    assert fund["totals"]["proposed"] == {"amount": "200000000000", "currency": "KRW"}
    assert fund["difference"] == {"amount": "0", "currency": "KRW"}
    assert models.ExchangeRate.objects.count() == 0
