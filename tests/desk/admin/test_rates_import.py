"""Importing exchange rates at the desk: shown row by row, confirmed with a reason, done whole or not at all."""

from __future__ import annotations

import time
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from cooperation.desk.intake import rate_entry
from cooperation.desk.models import ExchangeRate
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    add_page,
    editor,
    filled,
    list_page,
    sentences,
    signed_in,
)

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/exchangerate/import/"
HEAD = "date,base,quote,rate,source\n"
TABLE = HEAD + "2015-01-28,USD,KRW,1080,Bank of Korea\n2015-01-28,CNY,KRW,174,한국은행\n"
REASON = "Rates of January."


def rate(day="2015-01-28", base="USD", quote="KRW", value="1080", source="Bank of Korea"):
    return ExchangeRate.objects.create(date=day, base=base, quote=quote, rate=value, source=source)


def rates() -> list[str]:
    """What is on record."""
    rows = ExchangeRate.objects.order_by("date", "base")
    return [f"{row.date} {row.base}/{row.quote} {row.rate:f} {row.source}" for row in rows]


def looked(client, text=TABLE, **values):
    """The page after the table was sent to be looked at."""
    return client.post(PAGE, {"text": text, "look": "1", **values})


def confirmed(client, page, **values):
    """The answer to the page, confirmed as it was shown."""
    sheet = page.context["sheet"]
    given = {"text": sheet.text, "seal": sheet.plan.seal if sheet.plan else ""}
    return client.post(PAGE, {**given, "reason": REASON, "confirm": "1", **values})


def outcomes(page) -> list[tuple[int, str]]:
    """Every row of the preview with its outcome."""
    return [(item.row.line, item.outcome.value) for item in page.context["plan"].items]


def test_list_leads_to_the_import_and_the_import_to_a_table_to_fill_in():
    client = editor()
    assert f'<a href="{PAGE}">Import…</a>' in sentences(client.get(list_page("exchangerate")))
    assert '<a href="?template=csv">' in sentences(client.get(PAGE))
    empty = client.get(f"{PAGE}?template=csv")
    assert empty.content.decode() == "\ufeffdate,base,quote,rate,source\r\n"
    assert empty.headers["Content-Disposition"] == 'attachment; filename="exchange-rates.csv"'


def test_preview_names_the_outcome_of_every_row_and_changes_nothing():
    rate(), rate("2015-01-29", value="1090")
    more = "2015-01-29,USD,KRW,1091.5,KEB\n2015-01-30,USD,JPY,x,KEB\n2015/01/28,cny,krw,174.0,한국은행\n"
    page = looked(editor(), TABLE + more)
    assert outcomes(page) == [
        (2, "unchanged"),
        (3, "new"),
        (4, "changed"),
        (5, "error"),
        (6, "repeated"),
    ]
    shown = sentences(page)
    for words in (
        "New: 1</span>",
        "Changed: 1</span>",
        "Unchanged: 1</span>",
        "Repeated: 1</span>",
        "Error: 1</span>",
        '<span class="before">1090</span> → <span class="after">1091.5</span>',
        '<span class="before">Bank of Korea</span> → <span class="after">KEB</span>',
        '<tr><th scope="row">5</th><td>rate</td><td>“x”</td><td>Write a number in digits',
        '<span class="after">2015-01-28</span> <small class="quiet">2015/01/28</small>',
        "as line 3",
    ):
        assert words in shown
    assert 'name="confirm"' not in shown
    assert len(rates()) == 2


def test_confirmed_import_enters_every_row_with_user_and_reason():
    old = rate(value="1079")
    client = editor()
    answer = confirmed(client, looked(client))
    assert (answer.status_code, answer["Location"]) == (PASSED, list_page("exchangerate"))
    assert "Rates imported: 1 new, 1 changed, 0 unchanged." in sentences(
        client.get(answer["Location"])
    )
    assert rates() == ["2015-01-28 CNY/KRW 174 한국은행", "2015-01-28 USD/KRW 1080 Bank of Korea"]
    for row in ExchangeRate.objects.all():
        entry = row.history.first()
        assert (entry.history_user.username, entry.history_change_reason) == ("edith", REASON)
        assert entry.history_type == ("~" if row.pk == old.pk else "+")
        assert (entry.rate, entry.source) == (row.rate, row.source)


def test_same_table_again_changes_nothing():
    client = editor()
    confirmed(client, looked(client))
    count = ExchangeRate.history.count()
    page = looked(client)
    assert outcomes(page) == [(2, "unchanged"), (3, "unchanged")]
    assert "there is nothing to import" in sentences(page)
    assert 'name="confirm"' not in sentences(page)
    confirmed(client, page)
    assert ExchangeRate.history.count() == count


def test_reason_is_asked_for_and_nothing_that_was_typed_is_lost():
    client = editor()
    answer = confirmed(client, looked(client), reason="  ")
    assert answer.status_code == SHOWN_AGAIN
    assert "Say why; the history of every rate keeps it." in sentences(answer)
    assert answer.context["sheet"].text == TABLE
    assert f"\n{TABLE}</textarea>" in sentences(answer)
    assert rates() == []
    assert confirmed(client, answer).status_code == PASSED


def test_table_with_a_fault_is_shown_again_as_it_was_typed_and_none_of_it_is_entered():
    client = editor()
    typed = TABLE + '2015-01-30,USD,JPY,"1,085",<b>\n'
    page = looked(client, typed)
    assert "2015-01-30,USD,JPY,&quot;1,085&quot;,&lt;b&gt;\n</textarea>" in sentences(page)
    answer = confirmed(client, page, reason="Some of them.")
    assert (answer.status_code, rates()) == (SHOWN_AGAIN, [])
    broken = looked(client, typed + '"')
    assert "Line 5: a quotation mark is opened that is never closed" in sentences(broken)
    assert "&lt;b&gt;\n&quot;</textarea>" in sentences(broken)


def test_rate_that_was_changed_after_the_preview_is_shown_again():
    old, client = rate(value="1079"), editor()
    page = looked(client)
    old.rate = "1079.5"
    old.save()
    answer = confirmed(client, page)
    assert answer.status_code == SHOWN_AGAIN
    assert "has changed since this page was shown" in sentences(answer)
    assert '<span class="before">1079.5</span>' in sentences(answer)
    assert [row.split()[2] for row in rates()] == ["1079.5"]
    assert confirmed(client, answer).status_code == PASSED


def test_table_that_was_changed_after_the_preview_is_shown_again():
    client = editor()
    answer = confirmed(client, looked(client), text=TABLE.replace("1080", "1081"))
    assert (answer.status_code, rates()) == (SHOWN_AGAIN, [])
    assert '<span class="after">1081</span>' in sentences(answer)


def test_without_the_seal_something_else_than_was_shown_would_be_entered(monkeypatch):
    """The control."""
    monkeypatch.setattr(rate_entry.Plan, "seal", "same")
    client = editor()
    confirmed(client, looked(client), text=TABLE.replace("1080", "1081"))
    assert rates()[1] == "2015-01-28 USD/KRW 1081 Bank of Korea"


def break_off(monkeypatch):
    """Import two new rates and a changed one, and break off at the changed one."""
    rate("2015-01-29", value="1079")
    client = editor()
    page = looked(client, TABLE + "2015-01-29,USD,KRW,1090,A\n")

    def broken(*_given):
        raise IntegrityError

    monkeypatch.setattr(rate_entry, "_update", broken)
    return confirmed(client, page)


def test_import_that_is_broken_off_leaves_nothing(monkeypatch):
    answer = break_off(monkeypatch)
    assert answer.status_code == SHOWN_AGAIN
    assert rates() == ["2015-01-29 USD/KRW 1079 Bank of Korea"]
    assert ExchangeRate.history.count() == 1


def test_import_without_a_transaction_would_leave_half(monkeypatch):
    """The control."""
    monkeypatch.setattr(rate_entry, "transaction", SimpleNamespace(atomic=nullcontext))
    break_off(monkeypatch)
    assert len(rates()) == 3


def test_file_is_read_in_the_encoding_it_is_in_and_its_text_is_kept():
    client = editor()
    file = SimpleUploadedFile("환율.csv", TABLE.encode("cp949"))
    page = client.post(PAGE, {"file": file, "text": "left from before"})
    assert "환율.csv was read as CP949." in sentences(page)
    assert page.context["sheet"].text == TABLE
    assert confirmed(client, page).status_code == PASSED
    assert "한국은행" in rates()[0]


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04abc", bytes(2_000), b"\xff" * 9, b"x" * 3_000_000, b'"' + b"x\n" * 400_000, b""],
)
def test_hostile_file_ends_in_one_sentence_and_leaves_what_was_typed(data):
    client, began = editor(), time.process_time()
    page = client.post(PAGE, {"file": SimpleUploadedFile("x.csv", data), "text": TABLE})
    assert time.process_time() - began < 1.5
    assert page.status_code == SHOWN_AGAIN
    assert sentences(page).count("errornote") == 1
    assert len(page.context["sheet"].fault) < 300 or data == b""
    assert page.context["plan"] is None
    assert rates() == []


def test_what_is_written_in_a_table_never_becomes_part_of_the_page():
    page = looked(editor(), TABLE + "<script>1</script>,<i>,<b>,<u>,<img src=x onerror=1>\n")
    assert "<script>1" not in sentences(page)
    assert "<img" not in sentences(page)


def test_name_that_a_spreadsheet_takes_for_a_formula_is_refused_in_the_form_too():
    client, page = editor(), add_page("exchangerate")
    sent = filled(client.get(page))
    sent |= {"date": "2015-01-28", "base": "USD", "quote": "KRW", "rate": "1085.3"}
    answer = client.post(page, {**sent, "source": "=1+1"})
    assert answer.status_code == SHOWN_AGAIN
    assert "A name does not begin with =, +, - or @" in sentences(answer)
    assert client.post(page, {**sent, "source": "Bank of Korea"}).status_code == PASSED


def test_import_takes_the_right_to_add_and_to_change_rates():
    client = signed_in("reader", "Nobody")
    user = User.objects.get(username="reader")
    for right, status in (("view", 403), ("add", 403), ("change", 200)):
        permission = Permission.objects.get(codename=f"{right}_exchangerate")
        user.user_permissions.add(permission)
        assert client.get(PAGE).status_code == status
        assert client.post(PAGE, {"text": TABLE}).status_code == status
        has_way = "Import…" in sentences(client.get(list_page("exchangerate")))
        assert has_way is (status == 200)


def test_thousands_of_rows_are_previewed_and_imported(tmp_path):
    text = HEAD + "".join(
        f"20{year:02}-{month:02}-{day:02},{base},KRW,{day}.5,Bank\n"
        for year in range(20, 25)
        for month in range(1, 13)
        for day in range(1, 21)
        for base in ("USD", "CNY")
    )
    assert text.count("\n") == 2_401
    client, began = editor(), time.process_time()
    page = looked(client, text)
    assert len(outcomes(page)) == 2_400
    assert confirmed(client, page).status_code == PASSED
    assert time.process_time() - began < 10
    assert ExchangeRate.history.count() == ExchangeRate.objects.count() == 2_400
