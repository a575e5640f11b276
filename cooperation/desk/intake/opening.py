"""The program that reads a workbook which somebody has sent: run in a process of its own, within hard limits.

It is told where its libraries lie and how much to read; the file is its standard input. What it
writes is JSON, a value a line: the name of a sheet, a row of it with its number, or a refusal. It
knows nothing of Django, of the database or of the environment.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

MEMORY = 1024 * 2**20
OUTPUT = 512 * 2**20
SHOWN = 5
LAST_ROW = 1_048_576
# What Excel calls dates without saying how they look: its Korean, Chinese and Japanese forms.
EAST_ASIAN_DAYS = {27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
# What of a format is no sign for a part of the date: text between quotation marks, colours, languages.
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def sheets(file: Any, most: dict[str, Any]) -> Iterator[Any]:
    """The names of the sheets, each followed by its rows: a number and the cells as texts."""
    from openpyxl.reader.excel import load_workbook

    from cooperation.desk.intake.packages import Refused, opened

    opened(file, most["cells"])
    book = load_workbook(file, read_only=True, keep_links=False)
    formulas: list[str] = []
    cells = 0
    for sheet in book.worksheets:
        yield sheet.title
        for number, written in _rows(sheet, most, formulas):
            cells += len(written)
            if cells > most["cells"]:
                raise Refused("cells", most=most["cells"])
            yield [number, *written]
    if formulas:
        named = ", ".join(formulas[:SHOWN]) + "…" * (len(formulas) > SHOWN)
        raise Refused("formulas", cells=named, count=len(formulas))


def _rows(sheet: Any, most: dict[str, Any], formulas: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that say anything, each with its number; Refused where there are too many."""
    from cooperation.desk.intake.packages import Refused

    # What the sheet says of its own size may be anything.
    sheet.reset_dimensions()
    told = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        written = _row(row, sheet, formulas)
        told += bool(written)
        if len(written) > most["columns"]:
            raise Refused("columns", sheet=sheet.title, most=most["columns"])
        if told > most["rows"] + 1 or number > LAST_ROW:
            raise Refused("rows", sheet=sheet.title, most=most["rows"])
        if written:
            yield number, written
        if told == most["first"]:
            return


def _row(row: tuple[Any, ...], sheet: Any, formulas: list[str]) -> list[str]:
    """The cells of a row without the empty ones at its end."""
    written = []
    for cell in row:
        value = cell.value
        if value is None:
            written.append("")
        elif cell.data_type == "f":
            formulas.append(f"{sheet.title}!{cell.coordinate}")
            written.append("")
        else:
            written.append(_plain(value) if isinstance(value, str) else text(value, cell))
    while written and not written[-1]:
        written.pop()
    return written


def _plain(value: str) -> str:
    """A text with its line ends as such: Excel writes the first half of some as `_x000D_`."""
    return value.replace("_x000D_\n", "\n").replace("_x000D_", "\n").strip()


def text(value: Any, cell: Any) -> str:
    """A typed value as text: exact, however the sheet shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return _day(value, str(cell.number_format))
    if isinstance(value, time | timedelta):
        return str(value)
    if _style(cell) in EAST_ASIAN_DAYS:
        from openpyxl.utils.datetime import from_excel

        return _day(from_excel(value, cell.parent.parent.epoch), "yyyy-mm-dd")
    number = _number(value)
    if "%" in QUOTED.sub("", str(cell.number_format)):
        return f"{_number(value * 100)}%"
    return number


def _style(cell: Any) -> int:
    return int(cell.style_array.numFmtId)


def _number(value: float) -> str:
    """All digits of a number, and of fractions the fifteen that spreadsheets keep: 40000000000, not 4E+10."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _day(value: date, form: str) -> str:
    """A date as exact as the sheet shows it: one shown as `Jan-15` is known to the month."""
    if isinstance(value, datetime):
        if value.time() != time():
            return value.isoformat(" ")
        value = value.date()
    signs = QUOTED.sub("", form).lower()
    if "d" in signs or "y" not in signs or value.day != 1:
        return value.isoformat()
    if "m" in signs:
        return f"{value:%Y-%m}"
    return f"{value:%Y}" if value.month == 1 else value.isoformat()


def main(most: dict[str, Any], libraries: list[str]) -> None:
    """Read standard input, and write what was found."""
    sys.path += libraries
    from cooperation.desk.copies.reading import confine
    from cooperation.desk.intake.packages import Refused

    confine(most["seconds"], MEMORY, OUTPUT)
    try:
        for found in sheets(sys.stdin.buffer, most):
            sys.stdout.write(json.dumps(found) + "\n")
    except Refused as refused:
        answer = {"refused": refused.code, "words": refused.words}
        sys.stdout.write(json.dumps(answer) + "\n")
    except Exception:  # noqa: BLE001 -- whatever a library raises over it, the file is not as files are
        sys.stdout.write(json.dumps({"refused": "damaged", "words": {}}) + "\n")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2:])
