from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = [
    "PORTAL_SIDE",
    "PORTAL_LOCAL",
    "PORTAL_DEBUG",
    "PORTAL_SECRET_KEY",
    "PORTAL_HOSTS",
    "PORTAL_URL",
    "DATABASE_URL",
    "PUBLIC_DATABASE_URL",
    "PORTAL_DATABASE_POOL",
    "PORTAL_VAR",
    "PORTAL_MAIN_LANGUAGE",
    "PORTAL_CURRENCIES",
    "PORTAL_OFFICE",
    "PORTAL_CONTACT",
    "PORTAL_FOUR_EYES",
    "PORTAL_TIME_ZONE",
    "PORTAL_LICENCE_URL",
    "PORTAL_PROXIES",
    "PORTAL_IDLE_MINUTES",
    "PORT",
    "PORTAL_WORKERS",
    "SEED",
]


def test_example_says_what_the_portal_can_be_told():
    assert (ROOT / ".env.example").read_text() == environment.example()


def test_every_variable_is_declared_once():
    assert [variable.name for variable in environment.VARIABLES] == NAMES
    declared = [
        value for value in vars(environment).values() if isinstance(value, environment.Variable)
    ]
    assert len(declared) == len(NAMES)


def test_every_variable_explains_itself_in_a_sentence():
    for variable in environment.VARIABLES:
        assert variable.sentence.endswith("."), variable.name
        assert variable.sentence[0].isupper() or variable.sentence[0].isdigit(), variable.name


def test_every_default_is_a_value_that_the_variable_takes():
    for variable in environment.VARIABLES:
        variable.parse(variable.default)


def test_list_is_written_with_commas(monkeypatch):
    monkeypatch.setenv("PORTAL_CURRENCIES", " KRW, EUR ,")
    assert environment.CURRENCIES.value == ["KRW", "EUR"]


def test_empty_value_means_the_default(monkeypatch):
    monkeypatch.setenv("PORTAL_MAIN_LANGUAGE", "")
    assert environment.MAIN_LANGUAGE.value == "en"


@pytest.mark.parametrize(
    "contact", ["", "office@mofa.example", "https://portal.example/write/?to=us"]
)
def test_office_is_reached_by_mail_or_by_a_page(monkeypatch, contact):
    monkeypatch.setenv("PORTAL_CONTACT", contact)
    assert environment.CONTACT.value == contact


@pytest.mark.parametrize(
    "contact",
    ["office", "office@portal", "a b@portal.example", "a@portal.example?cc=b@c.example",
     "http://portal.example/", "https://", "https://portal.example/a b", "javascript:alert(1)",
     "mailto:office@portal.example", "office@portal.example\n"],
)  # fmt: skip
def test_contact_that_leads_nowhere_is_refused_in_a_sentence(monkeypatch, contact):
    monkeypatch.setenv("PORTAL_CONTACT", contact)
    with pytest.raises(ImproperlyConfigured, match="PORTAL_CONTACT must be"):
        _ = environment.CONTACT.value
