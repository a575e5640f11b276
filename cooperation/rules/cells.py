"""Cells of tables: how texts stand in them so that no spreadsheet runs them, and how they are read back."""

import re

BETWEEN = "; "
# What spreadsheets take for the beginning of a formula; East Asian ones take the wide signs for it too.
ACTIVE = tuple("=+-@\t\r\n＝＋－＠")  # the wide signs are meant

_TAKEN_FOR_A_FORMULA = re.compile("'*[" + re.escape("".join(ACTIVE)) + "]")
_MADE_HARMLESS = re.compile("'+[" + re.escape("".join(ACTIVE)) + "]")


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    So has a text that would otherwise be read back as one that was made harmless.
    """
    return f"'{text}" if _TAKEN_FOR_A_FORMULA.match(text) else text


def meant(cell: str) -> str:
    """The text that a cell holds, without the apostrophe that makes it harmless."""
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell
