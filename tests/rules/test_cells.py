"""Texts in cells: no spreadsheet runs them, and each is read back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.cells import harmless, meant

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("＠home", "'＠home"),
        ("'=1+1", "''=1+1"),
        ("'n Sync", "'n Sync"),
        ("1+1", "1+1"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(text: str, cell: str) -> None:
    assert harmless(text) == cell
    assert meant(cell) == text


@given(some.text(some.sampled_from("'=+-@＝a\t"), max_size=8) | some.text())
def test_every_text_is_read_back_from_its_cell(text: str) -> None:
    assert meant(harmless(text)) == text
