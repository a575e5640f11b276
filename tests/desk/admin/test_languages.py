"""The desk in the language of the browser: nothing that the portal itself says is left in English."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cooperation.desk.models import Commitment, ExchangeRate, OrganizationName
from tests.desk.admin.filling import (
    act_page,
    add_page,
    change_page,
    filled,
    list_page,
    sentences,
    with_row,
)
from tests.desk.records import cite, fund, initiative, organization, published, report
from tests.translations import catalogue, messages

# What it costs and shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = [("ko", "ko"), ("zh-hans", "zh-Hans")]
# What stands between tags, or in an attribute that is read out; scripts aside.
UNSEEN = re.compile(r"<(script|style|textarea)\b.*?</\1>", re.DOTALL)
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
SEEN = re.compile(r">([^<>]+)<|(?:aria-label|title|placeholder|submit\"[^>]* value)=\"([^\"]*)\"")


def speaking(language: str) -> Client:
    """A browser that asks for that language, in which somebody has signed in who may do everything."""
    chief, _made = User.objects.get_or_create(username="chief", is_staff=True, is_superuser=True)
    client = Client(headers={"accept-language": language})
    client.force_login(chief)
    return client


def texts_of(page) -> list[str]:
    """Each text that the page shows, as it is read."""
    pieces = SEEN.findall(UNSEEN.sub("", sentences(page)))
    return [" ".join(unescape(a or b).split()) for a, b in pieces]


def english(language: str) -> re.Pattern[str]:
    """What finds any message that is another text in that language, whatever is filled in."""
    translated = catalogue(language)
    said = [
        ".+".join(map(re.escape, PLACES.split(message.rpartition("\x04")[2].strip())))
        for message in messages()
        if translated[message] != message
    ]
    # A sentence may follow the name of what it is about, and a label ends in a mark.
    return re.compile(rf"(?:.+: )?(?:{'|'.join(said)})[:?]?")


def world():
    """A published fund and a draft, both with rows, and a rate."""
    giver = organization("korea", OrganizationName(type="alias", text="한국 정부"))
    row = Commitment(contributor=giver, amount="4", currency="KRW", stage="proposed")
    record = fund("a-fund", row, cite("commitments/korea/amount"), manager=giver)
    published(giver, record)
    ExchangeRate.objects.create(
        date="2015-01-28", base="CNY", quote="KRW", rate="174", source="한국은행"
    )
    return record, fund(
        "second",
        Commitment(contributor=giver, amount="5", currency="KRW", stage="pledged"),
        manager=giver,
    )


@pytest.mark.parametrize(("active", "language"), LANGUAGES)
def test_no_page_of_the_desk_says_anything_of_ours_in_english(active, language):
    record, draft = world()
    initiative("an-initiative")
    client = speaking(active)
    history = change_page(record).replace("change", "history")
    rate = ExchangeRate.objects.get()
    known, left = english(language), {}
    for path in (
        reverse("admin:index"),
        *map(list_page, ("fund", "initiative", "organization", "source", "ministry")),
        *map(add_page, ("fund", "initiative", "organization", "source", "firm", "exchangerate")),
        reverse("admin:desk_exchangerate_changelist"),
        reverse("admin:desk_exchangerate_change", args=[rate.pk]),
        change_page(report()),
        change_page(record),
        change_page(draft),
        history,
        act_page("publish", record, draft),
        act_page("withdraw", record),
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        left[path] = [text for text in texts_of(page) if known.fullmatch(text)]
    assert {path: texts for path, texts in left.items() if texts} == {}
    in_english = texts_of(speaking("en").get(list_page("fund")))
    assert {"State", "Draft"} <= {text for text in in_english if known.fullmatch(text)}


@pytest.mark.parametrize(
    ("active", "said"),
    [
        ("ko", "“28.1.2015” 값은 이곳의 날짜 형식이 아닙니다"),
        ("zh-hans", "“28.1.2015”不符合此处的日期格式"),
        ("en", "“28.1.2015” is not a date as it is written here"),
    ],
)
def test_a_rule_refuses_in_the_language_of_the_form(active, said):
    client = speaking(active)
    address = add_page("fund")
    typed = with_row(filled(client.get(address)), "announcements", date="28.1.2015")
    assert said in sentences(client.post(address, {**typed, "title_en": "A fund"}))


@pytest.mark.parametrize(
    ("active", "words"),
    [
        ("ko", ("대한민국 (KR)", "대한민국 원 (KRW)")),
        ("zh-hans", ("韩国 (KR)", "韩元 (KRW)")),
        ("en", ("South Korea (KR)", "South Korean Won (KRW)")),
    ],
)
def test_codes_of_standards_are_offered_in_the_language_of_the_desk(active, words):
    shown = sentences(speaking(active).get(add_page("fund")))
    for label in words:
        assert label in shown


def test_a_record_is_named_with_its_kind_in_the_language_of_the_desk():
    _record, draft = world()
    assert "(기금 second)" in sentences(speaking("ko").get(act_page("publish", draft)))
    assert "(fund second)" in sentences(speaking("en").get(act_page("publish", draft)))
