"""Public answers are equal for everyone and may be kept by caches; strict policies hold everywhere."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cooperation.catalogue import KINDS
from tests.examples import world
from tests.worlds import publish, sample, withdraw

from .headers import policy_faults, public_faults
from .sweeping import Answer, Reach, ask, bare_addresses

# What an answer says of itself does not depend on the engine.
pytestmark = pytest.mark.once

KEY = "of-this-kind"
GONE = "gone-for-good"
# A page of each sort: the language is chosen before any face is asked.
OTHER_LANGUAGES = [
    f"/{language}{path}"
    for language in ("ko", "zh-hans")
    for path in ("/", "/search/", "/gazette/", "/funds/", f"/funds/{KEY}/", f"/funds/{GONE}/")
] + ["/ko/feed.atom", "/zh-hans/funds/feed.atom", f"/ko/sources/{KEY}/history/"]
# These speak of the process, not of the gazette.
OF_THE_PROCESS = {"/livez", "/readyz"}


@pytest.fixture
def addresses(db) -> list[str]:
    """Every public route: about a record that is there, one withdrawn, one absent."""
    publish(*world(), *(sample(kind, key) for kind in KINDS for key in (KEY, GONE)))
    for kind in KINDS:
        withdraw(kind, GONE)
    reach = Reach(keys={kind: [KEY, GONE] for kind in KINDS})
    return [*bare_addresses(reach), *OTHER_LANGUAGES]


@pytest.mark.django_db
def test_every_public_answer_may_be_kept_and_carries_the_policies(addresses, client):
    faults = []
    for address in addresses:
        answer = ask(client, address)
        check = public_faults if answer.status == 200 else policy_faults
        if address in OF_THE_PROCESS:
            check = policy_faults
            assert answer.header("cache-control") == "no-store"
        faults += [f"{address}: {fault}" for fault in check(dict(answer.headers))]
        assert answer.header("set-cookie") is None
        assert (answer.header("vary") or "Accept-Encoding").lower() == "accept-encoding", address
        assert answer.status != 304
    assert faults == []


@pytest.mark.django_db
def test_missing_policies_are_noticed(addresses, settings):
    """The control: without the middleware every policy is missed."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not m.endswith(".Policies")]
    answer = ask(Client(), "/")
    assert list(public_faults(dict(answer.headers))) == [
        "its content policy does not begin with nothing",
        "it lets pages use the camera",
        "other sites may not show it",
        "programs on other sites may not read it",
    ]


@pytest.mark.django_db
def test_everybody_gets_the_same_bytes(addresses, client):
    """Signed in or not, with cookies or without, whatever language the browser prefers."""
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(User.objects.create_superuser("superuser"))
    for address in addresses:
        anonymous = ask(client, address)
        assert ask(signed_in, address) == anonymous, address
        assert ask(client, address, **{"accept-language": "ko"}) == anonymous, address


def greeting(answer):
    """A middleware that tells who has signed in."""

    def answered(request):
        response = answer(request)
        response.headers["X-Reader"] = request.user.get_username()
        return response

    return answered


@pytest.mark.django_db
def test_answer_that_depends_on_who_asks_is_noticed(addresses, client, settings):
    """The control: cookies reach the public side, and something there reads them."""
    kept = [name for name in settings.MIDDLEWARE if not name.endswith(".StrangersInPublic")]
    settings.MIDDLEWARE = [*kept, "tests.contracts.test_headers.greeting"]
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(User.objects.create_superuser("superuser"))
    answer = ask(signed_in, "/funds/")
    assert answer != ask(client, "/funds/")
    assert "it varies by Accept-Encoding, Cookie" in public_faults(dict(answer.headers))


@pytest.mark.django_db
def test_not_modified_costs_one_query_at_every_address(addresses, client):
    for address in addresses:
        first = ask(client, address)
        etag = first.header("etag")
        if first.status == 200 and etag:
            again = ask(client, address, **{"if-none-match": etag})
            assert (again.status, again.body, again.queries) == (304, b"", 1), address
            assert list(policy_faults(dict(again.headers))) == []
            assert again.header("etag") == etag


@pytest.mark.django_db
def test_validator_changes_when_something_is_published_and_not_otherwise(addresses, client):
    answers = {address: ask(client, address) for address in addresses}
    before = {a: answer.header("etag") for a, answer in answers.items() if answer.status == 200}
    assert {address: ask(client, address).header("etag") for address in before} == before
    publish(sample("source", "another"))
    changed = [a for a, etag in before.items() if ask(client, a).header("etag") != etag]
    assert len(changed) > 100
    assert changed == [address for address in before if address not in OF_THE_PROCESS]


@pytest.mark.django_db
def test_head_has_the_headers_of_get_and_no_body(addresses, client):
    for address in addresses:
        got, head = ask(client, address), ask(client, address, "HEAD")
        assert (head.status, head.body) == (got.status, b""), address
        assert described(head) == described(got), address


def described(answer: Answer) -> set[tuple[str, str]]:
    """The headers, but for the length and for the digest that an error page is given."""
    of_body = {"content-length"} if answer.status == 200 else {"content-length", "etag"}
    return {(name, value) for name, value in answer.headers if name not in of_body}


@pytest.mark.django_db
def test_compressed_answer_has_the_same_validator(addresses, client):
    plain = ask(client, "/funds/")
    packed = ask(client, "/funds/", **{"accept-encoding": "gzip"})
    assert packed.header("content-encoding") == "gzip"
    again = ask(
        client,
        "/funds/",
        **{"accept-encoding": "gzip", "if-none-match": packed.header("etag") or ""},
    )
    assert (packed.header("etag"), again.status) == (plain.header("etag"), 304)
