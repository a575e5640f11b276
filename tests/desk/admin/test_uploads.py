"""Importing tables at the desk: sent, its columns decided, looked at row by row, then entered whole or not at all."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cooperation.desk import editing
from cooperation.desk.imports import shelves, steps
from cooperation.desk.models import Import, Layout, Organization
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    editor,
    list_page,
    sentences,
    signed_in,
)

pytestmark = pytest.mark.django_db

START = "/admin/desk/organization/import/"
TABLE = "key,type,title_en,founded\nalibaba,firm,Alibaba Group,1999.4.4.\nkotra,agency,KOTRA,1962\n"
STRANGE = "key,type,영문 이름,메모\nalibaba,firm,Alibaba Group,x\n"
REASON = "The list of January."


def sent(client, text=TABLE, name="firms.csv", **values):
    """The page of the import that begins with this file."""
    data = text if isinstance(text, bytes) else text.encode()
    answer = client.post(START, {"file": SimpleUploadedFile(name, data), **values})
    assert answer.status_code == PASSED
    return client.get(answer["Location"])


def said(page, **values):
    """What a form of the columns sends, with what is chosen otherwise."""
    found = {}
    for sheet in page.context["sheets"]:
        found[f"part-{sheet.place}"] = sheet.part
        found[f"header-{sheet.place}"] = str(sheet.header or "")
        for one in sheet.columns:
            chosen = "-" if one.is_skipped else one.column.name if one.column else ""
            found[f"column-{sheet.place}-{one.name}"] = chosen
    return {**found, **values}


def looked(client, page, **values):
    """The page of the rows, after the columns were decided."""
    answer = client.post(page.request["PATH_INFO"], {**said(page, **values), "look": "1"})
    return client.get(answer["Location"])


def confirmed(client, page, **values):
    one = page.context["one"]
    given = {"reason": REASON, "seal": one.seal, "confirm": "1", **values}
    return client.post(page.request["PATH_INFO"], given)


def test_list_leads_to_the_import_and_that_to_tables_to_fill_in():
    client = editor()
    assert f'<a href="{START}">Import…</a>' in sentences(client.get(list_page("organization")))
    page = sentences(client.get(START))
    for form, beginning in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        assert f'<a href="{START}blank/{form}/">' in page
        blank = client.get(f"{START}blank/{form}/")
        assert blank.content.startswith(beginning)
        assert f'filename="organizations.{form}"' in blank.headers["Content-Disposition"]
    assert client.get(f"{START}blank/exe/").status_code == 404


def test_table_is_looked_at_and_entered_with_user_and_reason():
    client = editor()
    page = looked(client, sent(client))
    shown = sentences(page)
    for words in (
        "All rows: 2",
        "New: 2",
        '<span class="after">1999-04-04</span>',
        "written: 1999.4.4.",
    ):
        assert words in shown
    assert Organization.objects.count() == 0
    answer = confirmed(client, page)
    assert (answer.status_code, answer["Location"]) == (PASSED, list_page("organization"))
    assert "Rows imported: 2 new, 0 changed" in sentences(client.get(answer["Location"]))
    entry = Organization.objects.get(key="alibaba").history.get()
    assert (entry.history_user.username, entry.history_change_reason) == ("edith", REASON)
    one = Import.objects.get()
    assert (one.state, shelves.Shelf(one.handle).is_there) == ("entered", False)
    again = looked(client, sent(client))
    assert "there is nothing to import" in sentences(again)


def test_unknown_columns_have_to_be_decided_and_the_layout_is_used_for_the_next_file():
    client = editor()
    page = sent(client, STRANGE)
    refused = looked(client, page)
    assert "Say of each column what it is, or that it is not read: " in sentences(refused)
    choices = {"column-0-2": "title_en", "column-0-3": "-"}
    rows = looked(client, page, **choices, layout="KOTRA monthly")
    assert "Columns that are not read: 메모" in sentences(rows)
    assert Layout.objects.get().name == "KOTRA monthly"
    next_file = sent(client, STRANGE.replace("Alibaba Group", "Alibaba"))
    assert next_file.context["one"].state == "read"
    assert '<span class="after">Alibaba</span>' in sentences(next_file)
    client.post(next_file.request["PATH_INFO"], {"columns": "1"})
    assert 'value="KOTRA monthly"' in sentences(client.get(next_file.request["PATH_INFO"]))


def test_two_columns_are_never_read_as_the_same():
    client = editor()
    page = sent(client, "key,type,title_en,name\na,firm,A,B\n")
    assert "Two columns are read as the same: name" in sentences(
        looked(client, page, **{"column-0-3": "title_en"})
    )


def test_header_row_is_found_and_can_be_chosen():
    client = editor()
    page = sent(client, "Firms of January,,\n" + TABLE)
    assert page.context["sheets"][0].header == 2
    client.post(page.request["PATH_INFO"], {**said(page, **{"header-0": "1"}), "again": "1"})
    page = client.get(page.request["PATH_INFO"])
    assert [one.text for one in page.context["sheets"][0].columns] == ["Firms of January"]


def test_errors_are_all_shown_and_nothing_is_entered():
    client = editor()
    page = looked(client, sent(client, TABLE + "Bad Key,firm,X,\nthird,nonsense,X,31.31.2015\n"))
    shown = sentences(page)
    assert "3 errors have to be mended" in shown
    for words in ("<td>key</td><td>Bad Key</td>", "<td>type</td><td>nonsense</td>", "31.31.2015"):
        assert words in shown
    assert 'name="confirm"' not in shown
    confirmed(client, page)
    assert Organization.objects.count() == 0
    errors = client.get(page.request["PATH_INFO"], {"outcome": "error"})
    assert [row.number for row in errors.context["rows"]] == [4, 5]


def test_reason_is_asked_for_and_what_has_changed_meanwhile_is_looked_at_again():
    client = editor()
    record = Organization(key="alibaba", type="firm", title={"en": "Alibaba"})
    editing.save(record, by=None, reason="x")
    page = looked(client, sent(client))
    answer = confirmed(client, page, reason=" ")
    assert answer.status_code == SHOWN_AGAIN
    assert "Say why" in sentences(answer)
    with editing.changing(Organization, record.pk, by=None, reason="x") as changed:
        changed.title = {"en": "Ali Baba"}
    confirmed(client, page)
    shown = sentences(client.get(page.request["PATH_INFO"]))
    assert "something on record has changed" in shown
    assert '<span class="before">Ali Baba</span>' in shown
    assert Organization.objects.get().title["en"] == "Ali Baba"


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"PK\x03\x04abc", b"\xd0\xcf\x11\xe0" + bytes(99)]
)
def test_file_that_is_no_table_ends_in_one_sentence(data):
    client = editor()
    answer = client.post(START, {"file": SimpleUploadedFile("a\x00<b>.csv", data or b" ")})
    page = client.get(answer["Location"])
    assert sentences(page).count("errornote") == 1
    assert "Nothing was imported:" in sentences(page)


def test_everybody_finds_their_own_imports_alone():
    page = sent(editor()).request["PATH_INFO"]
    other = signed_in("olga")
    assert other.get(page).status_code == other.post(page, {"look": "1"}).status_code == 404
    assert other.get(START + "0" * 32 + "/").status_code == 404
    assert other.get(page + "told/").status_code == 404
    reader = signed_in("reader", "Nobody")
    user = User.objects.get(username="reader")
    for right, status in (("view", 403), ("add", 403), ("change", 200)):
        codename = f"{right}_organization"
        user.user_permissions.add(Permission.objects.get(codename=codename))
        assert reader.get(START).status_code == status


def test_large_import_that_was_cut_short_says_so_and_can_be_tried_again(monkeypatch):
    monkeypatch.setattr(shelves, "STARTING_SECONDS", 0)
    client = editor()
    page = sent(client)
    one = page.context["one"]
    Import.objects.update(state="reading")
    shelf = shelves.Shelf(one.handle)
    shelf.tell(steps.LOOK, 0, 2)
    path = page.request["PATH_INFO"]
    assert "has ended before it was done" in sentences(client.get(path))
    with shelf.alone():
        assert "The rows are being looked at" in sentences(client.get(path))
        told = client.get(path + "told/").json()
        assert told == {"working": True, "done": 0, "of": 2}
    client.post(path, {"retry": "1"})
    assert client.get(path).context["one"].state == "read"


def test_file_is_not_kept_for_longer_than_a_day(monkeypatch):
    monkeypatch.setattr(shelves, "STARTING_SECONDS", 0)
    client = editor()
    page = sent(client)
    one = page.context["one"]
    Import.objects.update(at=one.at - shelves.KEPT_FOR * 2)
    sent(client)
    assert not shelves.Shelf(one.handle).is_there
    assert client.get(page.request["PATH_INFO"]).status_code == 404


def test_sheet_of_an_unknown_name_is_asked_about_and_read_or_left_out_by_choice():
    client = signed_in(editor())
    editing.add(Organization(key="kotra", type="agency", title={"en": "KOTRA"}))
    book = Workbook()
    book.active.title = "organizations"
    strange = book.create_sheet("Sheet2")
    for sheet, rows in (
        (book.active, (("key", "type", "title_en"), ("kotra", "agency", "KOTRA"))),
        (strange, (("record_key", "text"), ("kotra", "Trade Agency"))),
    ):
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    page = sent(client, file.getvalue(), "firms.xlsx")
    assert "1 sheet is not known" in page.content.decode()
    assert [(one.name, one.part) for one in page.context["sheets"]] == [
        ("organizations", "records"),
        ("Sheet2", ""),
    ]
    assert "Say of each sheet what it holds" in looked(client, page).content.decode()
    chosen = client.post(page.request["PATH_INFO"], {**said(page, **{"part-1": "names"})})
    page = client.get(chosen["Location"])
    assert [one.column.name for one in page.context["sheets"][1].columns] == ["record_key", "text"]
    page = looked(client, page, **{"part-1": "-"})
    assert page.context["sheets_skipped"] == ["Sheet2"]
    assert page.context["is_blocked"] is False
