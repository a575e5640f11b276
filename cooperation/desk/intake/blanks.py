"""Blank tables to fill in: the columns of a kind, each with its sentence and an example."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _
from openpyxl.styles.alignment import Alignment
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cooperation.gazette.shapes.types import (
    Address,
    Code,
    Date,
    Flag,
    Member,
    Money,
    Number,
    Quantity,
    Reference,
    Texts,
)
from cooperation.rules.cells import harmless

from .columns import Column, SheetPlan, sheets_of
from .headings import GUIDE

EXAMPLES = {
    "key": "its-key",
    "record_key": "its-key",
    "id": "korea",
    "replaces": "the-earlier-one",
    "hs_code": "8517",
    "hs_edition": "2012",
    "unit": "USD",
    "scheme": "wikidata",
    "value": "Q1359568",
    "path": "title/en",
    "locator": "paragraph 6",
    "authors": "Kim Min-su; Li Wei",
    "editorial": "title/ko; title/zh-Hans",
    "reported_as_text": "US$37.1 million",
    "reported_as_amount": "37100000",
    "reported_as_currency": "USD",
    "countries": "KR; CN",
}
TEXTS = {"en": "A text in English", "ko": "한국어로 쓴 글", "zh-Hans": "中文文本"}
OF_TYPE: dict[type[Member], str] = {
    Address: "https://www.example.org/",
    Date: "2015-01-28",
    Flag: "true",
    Number: "120",
    Quantity: "120",
}
WIDTHS = (16, 26, 30, 70, 30)


def template(kind: str, form: str) -> bytes:
    """The blank table of a kind, `csv` (the records alone) or `xlsx` (all sheets), in the active language."""
    plans = sheets_of(kind)
    return _csv(plans[0]) if form == "csv" else _xlsx(plans)


def example(column: Column, kind: str) -> str:
    """What may stand in a cell of the column."""
    if column.name == "kind":
        return kind
    return EXAMPLES.get(column.name) or _of_its_type(column)


def _of_its_type(column: Column) -> str:
    match column.member:
        case Texts():
            return TEXTS[column.language]
        case Money():
            return "40000000000" if column.path[-1] == "amount" else "KRW"
        case Code() as code:
            return code.vocabulary.codes[0] if len(code.vocabulary.codes) < 100 else _long(code)
        case Date(interval=True):
            return "2015-01-27/2015-01-29"
        case Reference() as reference:
            return "its-key" if len(reference.kinds) == 1 else f"{reference.kinds[0]}/its-key"
    return OF_TYPE.get(type(column.member)) or _("A text")


def _long(code: Code) -> str:
    known = ("KR", "ko", "KRW")
    return next(one for one in known if one in code.vocabulary.codes)


def _csv(plan: SheetPlan) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([column.name for column in plan.enterable])
    return f"\ufeff{text.getvalue()}".encode()


def _xlsx(plans: tuple[SheetPlan, ...]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for plan in plans:
        sheet = book.create_sheet(plan.name)
        sheet.append([column.name for column in plan.enterable])
        _dress(sheet, [max(14, len(column.name) + 2) for column in plan.enterable])
    guide = book.create_sheet(str(GUIDE))
    guide.append([_("Sheet"), _("Column"), _("Label"), _("What belongs there"), _("Example")])
    for plan in plans:
        for column in plan.enterable:
            said = (column.label, column.sentence, example(column, plan.kind))
            guide.append([plan.name, column.name, *(harmless(str(one)) for one in said)])
    _dress(guide, WIDTHS)
    for row in guide.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _dress(sheet: Worksheet, widths: list[int] | tuple[int, ...]) -> None:
    """Make the first row stand out and stay, and the columns as wide as they need."""
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
