"""The command that imports records: looked at with every error, told how columns are read, entered whole."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cooperation.desk.models import Layout, Organization

pytestmark = pytest.mark.django_db

TABLE = "key,type,이름,메모\nalibaba,firm,Alibaba Group,x\nkotra,agency,KOTRA,y\n"


@pytest.fixture
def imported(tmp_path):
    """What the command says of a table."""
    User.objects.create_user("carol")

    def run(text=TABLE, **options):
        path = tmp_path / "firms.csv"
        path.write_text(text, encoding="utf-8")
        said, complained = StringIO(), StringIO()
        given = {"kind": "organization", "by": "carol", "reason": "The list.", "yes": True}
        try:
            call_command(
                "import_records", path, stdout=said, stderr=complained, **{**given, **options}
            )
        except CommandError as refused:
            return complained.getvalue() + str(refused)
        return said.getvalue()

    return run


def test_unknown_columns_are_mapped_or_skipped_before_anything_is_looked_at(imported):
    said = imported()
    assert said.startswith("Unknown columns: ")
    assert "--map COLUMN=NAME" in said
    assert "--skip COLUMN" in said
    told = {"map": ["이름=title_en"], "skip": ["메모"]}
    assert imported(**told, dry_run=True) == "2 new. Nothing was imported: this was a dry run.\n"
    assert Organization.objects.count() == 0
    assert imported(**told) == "2 new.\n"
    entry = Organization.objects.get(key="alibaba").history.get()
    assert (entry.history_user.username, entry.history_change_reason) == ("carol", "The list.")
    assert imported(**told) == "2 unchanged. There is nothing to import.\n"


def test_every_error_is_told_and_the_command_fails(imported):
    text = "key,type,title_en,founded\na,firm,A,31.31.2015\nb,nonsense,B,\n"
    said = imported(text).splitlines()
    assert [line.partition(": ")[0] for line in said[:2]] == [
        "firms, row 2, founded",
        "firms, row 3, type",
    ]
    assert said[-1] == "Nothing was imported: 2 errors."
    assert Organization.objects.count() == 0


def test_layout_and_header_row_are_told_by_name(imported):
    assert "There is no layout named “KOTRA”" in imported(layout="KOTRA")
    mapping = {
        "sheets": [
            {
                "name": "firms",
                "part": "",
                "header": 1,
                "columns": [
                    {"index": 0, "text": "key", "as": "key", "unit": None},
                    {"index": 1, "text": "type", "as": "type", "unit": None},
                    {"index": 2, "text": "이름", "as": "title_en", "unit": None},
                    {"index": 3, "text": "메모", "as": "", "unit": None},
                ],
            }
        ]
    }
    Layout.objects.create(kind="organization", name="KOTRA", mapping=mapping)
    assert imported(layout="KOTRA", dry_run=True).startswith("2 new.")
    assert "first twenty rows" in imported(header_row=99)


def test_nobody_imports_without_a_user_and_a_reason(imported):
    assert imported(by="nobody") == "There is no user named “nobody”."
    assert imported(reason=" ").startswith("--reason: Say why")


def test_sheet_of_an_unknown_name_is_never_left_out_in_silence(tmp_path):
    book = Workbook()
    book.active.title = "organizations"
    for row in (("key", "type", "title_en"), ("kotra", "agency", "KOTRA")):
        book.active.append(row)
    strange = book.create_sheet("비고란")
    for row in (("기관", "내용"), ("KOTRA", "x")):
        strange.append(row)
    book.create_sheet("Columns").append(("Sheet", "Column"))
    book.create_sheet("empty")
    path = tmp_path / "firms.xlsx"
    book.save(path)
    asked = {"kind": "organization", "dry_run": True}
    with pytest.raises(CommandError, match=r"“비고란”.*--sheet NAME=LIST.*--skip-sheet NAME"):
        call_command("import_records", path, **asked)
    with pytest.raises(CommandError, match="there is no list “remarks”; there are organizations, "):
        call_command("import_records", path, sheet=["비고란=remarks"], **asked)
    for choice in ({"skip_sheet": ["비고란"]}, {"sheet": ["organizations"]}):
        said = StringIO()
        call_command("import_records", path, stdout=said, **asked, **choice)
        assert said.getvalue().startswith("1 new.")
