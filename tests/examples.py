"""Documents as the desk renders them, written out by hand: what a page of the first report holds."""

from __future__ import annotations

from typing import Any

from tests.worlds import Document, reference, sample, texts

QUOTE = (
    "Of the total to be put into the special fund, the two countries will offer 40 billion "
    "(US$37.1 million) each, with 120 billion won coming from the private sector."
)


def citation(path: str, **members: Any) -> Document:
    """A citation of the report."""
    return {
        "path": path,
        "source": reference("source", "korea-bizwire-2015-01-29"),
        "locator": "paragraph 6",
        "start": None,
        "end": None,
        "quote": QUOTE,
        "inferred": False,
        "attributed_to": "the ministry",
        "preferred": False,
        "note": None,
        **members,
    }


def won(amount: str) -> Document:
    """An amount in won that has not been converted."""
    return {"amount": amount, "currency": "KRW", "converted": []}


def commitment(name: str, contributor: str | None, amount: str, **members: Any) -> Document:
    """A commitment to the fund that was put forward on 28 January 2015."""
    return {
        "id": name,
        "contributor": reference("organization", contributor) if contributor else None,
        "contributor_class": None,
        "title": texts(),
        "amount": won(amount),
        "stage": "proposed",
        "date": "2015-01-28",
        "reported_as": [],
        "replaces": None,
        **members,
    }


def organizations() -> list[Document]:
    """The governments of Korea and of China."""
    return [
        sample(
            "organization",
            "government-of-korea",
            title=texts("Government of the Republic of Korea", "대한민국 정부", "韩国政府"),
            type="government",
            country="KR",
        ),
        sample(
            "organization",
            "government-of-china",
            title=texts("Government of China", "중국 정부", "中国政府"),
            type="government",
            country="CN",
        ),
    ]


def source() -> Document:
    """The report."""
    return sample(
        "source",
        "korea-bizwire-2015-01-29",
        title=texts(
            "Report on a meeting in Hangzhou", "항저우 면담에 관한 보도", "关于杭州会见的报道"
        ),
        editorial=["title/en", "title/ko", "title/zh-Hans"],
        type="news_article",
        authors=["John Choi"],
        published="2015-01-29",
        language="en",
        rights="unknown",
    )


def fund(**members: Any) -> Document:
    """The cultural fund of 40 + 40 + 120 = 200 billion won."""
    dollars = [{"text": "US$37.1 million", "amount": "37100000", "currency": "USD"}]
    return sample(
        "fund",
        "korea-china-cultural-fund",
        **{
            "title": texts("Korea–China cultural fund", "한중 문화 펀드", None),
            "editorial": ["purpose/en", "title/ko"],
            "purpose": texts("To facilitate exchanges in the cultural sphere."),
            "status": {"value": "proposed", "since": "2015-01-28", "confirmed": None},
            "status_reports": [
                {
                    "id": "2015-01-28",
                    "date": "2015-01-28",
                    "finding": "changed",
                    "status": "proposed",
                    "note": None,
                }
            ],
            "countries": ["KR", "CN"],
            "announcements": [
                {
                    "id": "first",
                    "amount": won("200000000000"),
                    "date": "2015-01-28",
                    "reported_as": [],
                    "replaces": None,
                }
            ],
            "commitments": [
                commitment("korea", "government-of-korea", "40000000000", reported_as=dollars),
                commitment("china", "government-of-china", "40000000000", reported_as=dollars),
                commitment("private", None, "120000000000", contributor_class="private_sector"),
            ],
            "totals": {
                "announced": {"amount": "200000000000", "currency": "KRW"},
                "proposed": {"amount": "200000000000", "currency": "KRW"},
                "pledged": None,
                "committed": None,
                "paid": None,
                "allocated": None,
            },
            "difference": {"amount": "0", "currency": "KRW"},
            "citations": [
                citation(
                    "purpose",
                    quote="to facilitate exchanges in the cultural sphere",
                    locator="paragraph 5",
                ),
                citation("announcements/first/amount"),
                citation(
                    "commitments/korea/amount",
                    inferred=True,
                    note="The report does not say that the 40 billion are won.",
                ),
                citation(
                    "commitments/china/amount",
                    inferred=True,
                    note="The report does not say that the 40 billion are won.",
                ),
                citation("commitments/private/amount"),
                citation("countries/KR", quote="Seoul and Beijing"),
            ],
            **members,
        },
    )


def initiative() -> Document:
    """The link between two marketplaces."""
    return sample(
        "initiative",
        "tmall-global-kmall24-link",
        title=texts(
            "Link between Tmall Global and Kmall24",
            "티몰 글로벌·Kmall24 연계",
            "天猫国际与Kmall24对接",
        ),
        editorial=["title/en", "title/ko", "title/zh-Hans", "summary/en"],
        summary=texts("The minister visited to push for a tie between the two systems."),
        status={"value": "proposed", "since": "2015-01-28", "confirmed": None},
        sectors=["trade"],
        countries=["KR", "CN"],
        participants=[
            {
                "id": "korea",
                "organization": reference("organization", "government-of-korea"),
                "role": "proposer",
                "from": None,
                "until": None,
            }
        ],
        citations=[
            citation(
                "summary", quote="to make a tie between Alibaba’s Tmall-Global system and Kmall24"
            )
        ],
    )


def world() -> list[Document]:
    """All of them, in the order of what they name."""
    return [*organizations(), source(), fund(), initiative()]
