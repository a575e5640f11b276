"""Which passwords the desk takes."""

import secrets
import time

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from cooperation.rules.texts import as_read
from portal import breached
from portal.passwords import listed, once

pytestmark = pytest.mark.once
WORDS = [
    "orchid",
    "lantern",
    "gravel",
    "mosaic",
    "cedar",
    "violin",
    "harbour",
    "walnut",
    "pepper",
    "cobalt",
]


def refused(password):
    """The codes of the rules that the password breaks."""
    try:
        validate_password(password, User(username="registrar"))
    except ValidationError as fault:
        return {one.code for one in fault.error_list}
    return set()


@pytest.mark.parametrize("password", ["unimarspa2010", "yankeeshopssucks", "1q2w3e4r5t6y"])
def test_password_known_from_breaches_is_refused(password):
    assert refused(password) == {"password_breached"}


def test_control_a_neighbour_of_a_breached_password_that_is_on_no_list_is_taken():
    assert "yankeeshopssucks" in listed()
    assert refused("yankeeshopslacks") == set()


@pytest.mark.parametrize(
    ("password", "dressing"),
    [
        ("YankeeShopsSucks", "capital letters"),
        ("ｙａｎｋｅｅｓｈｏｐｓｓｕｃｋｓ", "wide letters"),
        ("yankeeshopssucks2026!", "digits and signs after it"),
        ("!!yankeeshopssucks", "signs before it"),
        ("y4nk33sh0ps5ucks", "digits for letters"),
        ("yankee shops sucks", "blanks"),
        ("password1password1", "written twice"),
        ("Passw0rd!Passw0rd!", "written twice, with signs and a digit for a letter"),
        ("iloveyou-iloveyou-1", "written twice, with signs and a digit after it"),
        ("Dr@g0n_99_99_99", "a short one with much after it"),
    ],
)
def test_breached_password_that_is_dressed_up_is_refused(password, dressing):
    assert "password_breached" in refused(password), dressing


@pytest.mark.parametrize(
    "password",
    [
        "blue horse blue horse",
        "tulpentulpentulpen",
        "xkqxkqxkqxkqxkq",
        "tulpentulpen2026!",
        " " * 16,
    ],
)
def test_password_that_only_repeats_something_short_is_refused(password):
    assert refused(password) & {"password_repeats", "password_breached"}


@pytest.mark.parametrize(
    "password",
    [
        "registrar1234567890",
        "registrar-is-here",
        "my Registrar pw",
        "Registrar-Registrar-2026!",
        "R3gistrar2026!!",
        "r3g1str4r1234567890",
        "reg.istrar.2026!!",
    ],
)
def test_password_that_is_little_more_than_the_own_name_is_refused_as_that(password):
    assert "password_named" in refused(password)


def test_name_in_a_password_that_is_long_without_it_does_no_harm():
    assert refused("violet registrar lamp meadow") == set()


def test_random_passwords_and_pass_phrases_are_taken():
    for _ in range(500):
        assert refused(secrets.token_urlsafe(12)) == set()
        assert (
            refused(" ".join(secrets.choice(WORDS) + secrets.token_hex(1) for _ in range(4)))
            == set()
        )
    assert refused("correct horse battery staple") == set()
    assert refused("장미 등불 자갈 바이올린 호수") == set()


def test_password_beyond_a_thousand_characters_is_refused_unread():
    long = " ".join(f"word{number}" for number in range(500))
    assert refused(long[:1000]) == set()
    assert refused(long[:1001]) == {"password_too_long"}
    started = time.process_time()
    assert refused("가 나!" * 2_000_000) == {"password_too_long"}
    assert time.process_time() - started < 1


def test_refusal_says_what_to_do():
    with pytest.raises(ValidationError, match="four or more words"):
        validate_password("unimarspa2010")
    assert any("known from breaches" in text for text in password_validators_help_texts())


def test_list_holds_what_the_rule_of_length_lets_through_and_no_more():
    kept = breached.read()
    assert len(kept) == 43_940
    assert all(len(password) >= 12 and as_read(password) == password for password in kept)
    assert breached.KEPT.stat().st_size < 300_000


def test_list_can_be_made_anew_from_its_source():
    source = [
        "short",
        "Yankeeshopssucks",
        "yankeeshopssucks",
        "ＵＮＩＭＡＲＳＰＡ２０１０",
        "not\ufffdreadable1",
    ]
    assert breached.excerpt(source) == ["unimarspa2010", "yankeeshopssucks"]


def test_list_is_read_once():
    assert listed() is listed()


def test_what_repeats_is_found_without_much_work():
    assert [once(text) for text in ("abab", "aaa", "abaab", "x", "")] == [
        "ab",
        "a",
        "abaab",
        "x",
        "",
    ]
    began = time.process_time()
    once("a" * 500_000 + "b")
    assert time.process_time() - began < 1
