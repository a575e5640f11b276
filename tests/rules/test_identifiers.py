"""Identifiers are checked by the rules of their registers, and kept in one form."""

import pytest

from cooperation.rules.identifiers import SCHEMES, normalise, problem, url, warning

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


def test_five_schemes_are_known() -> None:
    assert list(SCHEMES) == ["lei", "uscc", "kr-brn", "wikidata", "org-id"]


@pytest.mark.parametrize(
    ("scheme", "written", "kept"),
    [
        ("lei", " 213800kud8lajwsq9d15 ", "213800KUD8LAJWSQ9D15"),
        ("lei", "2138 00KU D8LA JWSQ 9D15", "213800KUD8LAJWSQ9D15"),
        ("uscc", "91110000600037341l", "91110000600037341L"),
        ("uscc", "9 1 110000 600037341L", "91110000600037341L"),
        ("kr-brn", "1168200276", "116-82-00276"),
        ("kr-brn", "116-82-00276", "116-82-00276"),
        ("wikidata", "q42", "Q42"),
        ("org-id", "kr-crn-110111-0000001", "KR-CRN-110111-0000001"),
        ("org-id", "XM-DAC-41114", "XM-DAC-41114"),
    ],
)
def test_sound_identifier_is_kept_in_one_form(scheme: str, written: str, kept: str) -> None:
    assert problem(scheme, written) is None
    assert warning(scheme, written) is None
    assert normalise(scheme, written) == kept
    assert normalise(scheme, kept) == kept


@pytest.mark.parametrize(
    ("scheme", "value", "sentence"),
    [
        ("lei", "213800KUD8LXJWSQ9D15", "check digits of LEI 213800KUD8LXJWSQ9D15 are wrong"),
        ("lei", "213800KUD8LAJWSQ9D1", "18 letters or digits and 2 check digits"),
        ("lei", "", "18 letters or digits"),
        ("lei", "１" * 20, "18 letters or digits"),
        ("uscc", "91110000600037341A", "check digit of Unified Social Credit Code"),
        ("uscc", "A1110000600037341L", "check digit of Unified Social Credit Code"),
        ("uscc", "9111000060003734IO", "never I, O, S, V or Z"),
        ("uscc", "12345", "18 digits or capital letters"),
        ("kr-brn", "123456789", "10 digits"),
        ("kr-brn", "116-00-00276", "10 digits"),
        ("wikidata", "42", "Q and a number"),
        ("wikidata", "Q0", "Q and a number"),
        ("wikidata", "https://www.wikidata.org/wiki/Q42", "Q and a number"),
        ("org-id", "110111-0000001", "the code of a list"),
        ("org-id", "KR-CRN-a b", "the code of a list"),
        ("duns", "123456789", "“duns” is not a known scheme; use one of lei, uscc"),
        ("lei", "A" * 100_000, "at most 100 characters"),
    ],
)
def test_faulty_identifier_gets_a_sentence(scheme: str, value: str, sentence: str) -> None:
    assert sentence in (problem(scheme, value) or "")
    assert warning(scheme, value) is None
    assert url(scheme, value) is None


def test_wrong_check_digit_of_a_korean_business_number_only_warns() -> None:
    assert problem("kr-brn", "116-82-00277") is None
    assert "check digit of Korean business number 116-82-00277" in (
        warning("kr-brn", "116-82-00277") or ""
    )


def test_only_schemes_with_a_public_register_lead_somewhere() -> None:
    assert url("wikidata", "q42") == "https://www.wikidata.org/wiki/Q42"
    assert (
        url("lei", "213800KUD8LAJWSQ9D15")
        == "https://search.gleif.org/#/record/213800KUD8LAJWSQ9D15"
    )
    assert url("uscc", "91110000600037341L") is None
