"""Canonical JSON: equal content is equal bytes, and nothing inexact gets in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.canonical import canonical, canonical_text, digest

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once

_integers = some.integers(-(2**53) + 1, 2**53 - 1)
_leaves = some.none() | some.booleans() | _integers | some.text(max_size=20)
_values = some.recursive(
    _leaves,
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4)
    ),
)


def test_members_are_sorted_and_nothing_is_escaped_needlessly() -> None:
    value = {"zh-Hans": None, "ko": "기금", "en": 'A "fund"\n</script>', "n": [1, True, {}]}
    assert canonical_text(value) == (
        '{"en":"A \\"fund\\"\\n</script>","ko":"기금","n":[1,true,{}],"zh-Hans":null}'
    )
    assert canonical({"ko": "é"}) == b'{"ko":"\xc3\xa9"}'


def test_names_are_sorted_by_utf_16_as_the_standard_wants() -> None:
    assert canonical_text({"\ufb33": 1, "😀": 2, "€": 3}) == '{"€":3,"😀":2,"\ufb33":1}'


@given(_values)
def test_canonical_form_reads_back_and_does_not_depend_on_the_order_of_members(value: Any) -> None:
    once = canonical(value)
    assert json.loads(once) == value
    assert canonical(_reversed(value)) == once


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _reversed(member) for name, member in reversed(value.items())}
    return [_reversed(member) for member in value] if isinstance(value, list) else value


@pytest.mark.parametrize("number", [1.5, 1.0, float("nan"), float("inf")])
def test_floats_are_refused_by_their_path(number: float) -> None:
    with pytest.raises(TypeError, match=r"^/totals/1/amount is of type float"):
        canonical({"totals": [None, {"amount": number}]})


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"^the document itself is of type"):
        canonical(value)


def test_member_names_must_be_texts() -> None:
    with pytest.raises(TypeError, match="/counts has a member name that is not a text: 1"):
        canonical({"counts": {1: "one"}})


def test_integers_beyond_exactness_are_refused() -> None:
    assert canonical([2**53 - 1, 1 - 2**53]) == b"[9007199254740991,-9007199254740991]"
    with pytest.raises(ValueError, match=r"^/0 is an integer beyond 9007199254740991"):
        canonical([2**53])


def test_half_characters_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^/title holds half a character"):
        canonical({"title": "\ud800"})


def test_nesting_without_end_is_refused() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(ValueError, match="nested more than 64 levels deep"):
        canonical(value)


def test_digest_names_its_method() -> None:
    expected = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert digest("hello") == expected
    assert digest(b"hello") == expected
