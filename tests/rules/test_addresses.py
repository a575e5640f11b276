"""Only addresses that are safe as links become links."""

import pytest

from cooperation.rules.addresses import web_address

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/page?x=1&y=2#top",
        "http://example.org",
        "HTTPS://Example.ORG:8443/",
        "https://정부.한국/문서",
        "https://[2001:db8::1]/",
        "https://example.org/a@b",
    ],
)
def test_web_address_is_kept_as_written(address: str) -> None:
    assert web_address(f" {address}\n") == address


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("javascript:alert(1)", "begins with https://"),
        ("data:text/html,x", "begins with https://"),
        ("ftp://example.org/", "begins with https://"),
        ("//example.org/", "begins with https://"),
        ("www.example.org", "begins with https://"),
        ("", "begins with https://"),
        ("https://", "needs a host"),
        ("https:///path", "needs a host"),
        ("https:example.org", "needs a host"),
        ("https://./", "needs a host"),
        ("https://user@example.org/", "user name or password"),
        ("https://user:secret@example.org/", "user name or password"),
        ("https://example.org/a b", "no spaces"),
        ("java\tscript:alert(1)", "no spaces"),
        ("https://example.org\\@evil.example/", "backslashes"),
        ("https://example.org/\x00", "invisible"),
        ("https://example.org/\u202egpj", "invisible"),
        ("https://example.org/\u200b", "invisible"),
        ('https://example.org/"onclick=', "quotation marks"),
        ("https://example.org:99999/", "not a web address"),
        ("https://[::1", "not a web address"),
        ("https://example.org/" + "a" * 2000, "at most 2,000"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(address: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        web_address(address)
