"""The command that imports exchange rates, and whom an import leaves with amounts converted otherwise."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils.html import strip_tags

from cooperation.desk.models import Announcement, ExchangeRate, Fund
from cooperation.gazette.models import Current
from tests.desk.admin.filling import (
    add_page,
    change_page,
    editor,
    filled,
    list_page,
    sentences,
)
from tests.desk.records import cite, fund, published
from tests.desk.records import editor as entering_editor

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/exchangerate/import/"
TABLE = (
    "date,base,quote,rate,source\n"
    "2015-01-28,USD,KRW,1080,Bank of Korea\n"
    "2015-01-28,CNY,KRW,174,한국은행\n"
)
REASON = "Rates of January."
SAID = "Public records with amounts that the rates on record now convert otherwise: 1."


def rate(value):
    """The first rate of the table, as somebody has entered it before."""
    values = {"date": "2015-01-28", "base": "USD", "quote": "KRW", "source": "Bank of Korea"}
    return ExchangeRate.objects.create(rate=value, **values)


def imported(client, text):
    """The page to which an import at the desk leads."""
    plan = client.post(PAGE, {"text": text}).context["plan"]
    sent = {"text": text, "seal": plan.seal, "reason": REASON, "confirm": "1"}
    return sentences(client.post(PAGE, sent, follow=True))


def rates() -> list[ExchangeRate]:
    return list(ExchangeRate.objects.all())


def run(tmp_path, text=TABLE, *more):
    """What the command has printed: on standard output, and on standard error."""
    file = tmp_path / "rates.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out, err = io.StringIO(), io.StringIO()
    given = ["--by", entering_editor().username, "--reason", REASON, *more]
    try:
        call_command("import_rates", str(file), *given, stdout=out, stderr=err)
    except CommandError as refusal:
        err.write(str(refusal))
    return out.getvalue(), err.getvalue()


def test_command_imports_the_same_table_and_a_dry_run_says_what_it_would_do(tmp_path):
    rate("1079")
    announced()
    out, err = run(tmp_path, TABLE, "--dry-run")
    assert err == ""
    assert out.splitlines() == [
        "line 2: changed: 2015-01-28 USD/KRW 1079 (Bank of Korea) → 1080 (Bank of Korea)",
        "line 3: new: 2015-01-28 CNY/KRW 174 (한국은행)",
        "1 new, 1 changed. Nothing was imported: this was a dry run.",
    ]
    assert len(rates()) == 1
    out, err = run(tmp_path)
    assert (out.splitlines(), err) == (
        [
            "1 new, 1 changed.",
            "fund/a-fund is public with amounts converted otherwise; publish it again.",
        ],
        "",
    )
    entry = ExchangeRate.objects.get(base="CNY").history.get()
    assert (entry.history_user, entry.history_change_reason) == (entering_editor(), REASON)
    assert run(tmp_path)[0] == "2 unchanged.\n"


def test_command_names_every_fault_and_enters_nothing(tmp_path):
    out, err = run(tmp_path, TABLE + "x,USD,KRW,y,A\n")
    assert (out, rates()) == ("", [])
    assert err.splitlines() == [
        "Line 4, date: Write the day with the year first, such as 2015-01-28. (given: “x”)",
        "Line 4, rate: Write a number in digits, such as 1085.30 or 0.00092. (given: “y”)",
        "Nothing was imported: 2 errors.",
    ]
    assert "workbook" in run(tmp_path, b"PK\x03\x04")[1]
    assert "Say why" in run(tmp_path, TABLE, "--reason", " ")[1]
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_rates", str(tmp_path / "none"), "--by", "editor", "--reason", "A")


def announced(day="2015-01-28"):
    """A public fund with a dated amount."""
    row = Announcement(part_id="first", amount="40000000000", currency="KRW", date=day)
    return published(fund("a-fund", row, cite("announcements/first/amount")))


def test_import_says_which_public_records_would_be_converted_otherwise():
    record = announced()
    client = editor()
    shown = imported(client, TABLE)
    assert SAID in shown
    address = "/admin/desk/fund/publish/?record=fund%2Fa-fund"
    assert f'<a href="{address}">See what would change</a>' in shown
    changes = sentences(client.get(address))
    assert "US$37.04 million" in changes or "37,037,037.04" in changes
    published(record)
    content = Current.objects.get(key="a-fund").content
    assert [one["currency"] for one in content["announcements"][0]["amount"]["converted"]] == [
        "CNY",
        "USD",
    ]
    assert "Public records" not in imported(client, TABLE + "2015-03-01,USD,KRW,1,A\n")


def test_form_of_a_rate_says_so_too():
    announced()
    client = editor()
    typed = {
        **filled(client.get(add_page("exchangerate"))),
        "date": "2015-01-28",
        "base": "KRW",
        "quote": "USD",
        "rate": "0.00092",
        "source": "Bank of Korea",
    }
    answer = client.post(add_page("exchangerate"), typed)
    assert SAID in sentences(client.get(answer["Location"]))
    row = ExchangeRate.objects.get()
    assert SAID not in sentences(client.get(answer["Location"]))
    published(Fund.objects.get())
    page = change_page(row, "exchangerate")
    answer = client.post(page, {**filled(client.get(page)), "rate": "0.00093"})
    assert SAID in sentences(client.get(answer["Location"]))
    answer = client.post(page, {**filled(client.get(page)), "date": "2999-01-01"})
    assert "This day is still to come" in sentences(answer)
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    assert SAID in sentences(client.post(list_page("exchangerate"), chosen, follow=True))
    assert ExchangeRate.history.first().history_user.username == "edith"


def test_import_leads_to_the_same_conversions_on_the_page_in_every_language(client, tmp_path):
    record = announced()
    run(tmp_path, 'date,base,quote,rate,source\n2015-01-28,KRW,USD,"0,0009225",한국은행\n')
    published(record)
    (converted,) = Current.objects.get(key="a-fund").content["announcements"][0]["amount"][
        "converted"
    ]
    assert converted == {
        "amount": "36900000",
        "currency": "USD",
        "rate": "0.0009225",
        "rate_date": "2015-01-28",
        "source": "한국은행",
    }
    for path, words in {
        "/funds/a-fund/": (
            "₩40 billion",
            "US$36.9 million at 0.0009225 on 28 January 2015 (한국은행)",
            "In Chinese Yuan: unknown",
        ),
        "/ko/funds/a-fund/": (
            "400억 원",
            "3,690만 달러 (환율 0.0009225, 2015년 1월 28일, 출처: 한국은행)",
            "중국 위안화 환산액: 알 수 없음",
        ),
        "/zh-hans/funds/a-fund/": (
            "400亿韩元",
            "3690万美元（汇率 0.0009225，2015年1月28日，来源：한국은행）",
            "折合人民币：不详",
        ),
    }.items():
        shown = strip_tags(sentences(client.get(path)))
        assert [text for text in words if text not in shown] == []
