"""No value of any parameter or part of an address hangs the portal, breaks it, or comes back as code."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import html

from cooperation.catalogue import KINDS
from cooperation.gazette.entering import Refusal
from tests.examples import world
from tests.worlds import publish

from .crowds import document
from .hostile import PARAMETERS, VALUES
from .routes import Route, public_routes
from .sweeping import Reach, ask, bare_addresses

# One route in so many is asked for each value of each parameter; `make proof-hostile` asks all.
SHARE = int(os.environ.get("HOSTILE_SHARE", "80"))
SECONDS = 1.0
SENTENCE = re.compile(r"[^\W\d_][^<>{}]{8,}[.!。]")


def queries() -> Iterator[tuple[Route, str]]:
    """Each public route, of one kind, with its share of parameters and values."""
    names = [*PARAMETERS, *sorted({facet for kind in KINDS.values() for facet in kind.all_facets})]
    seen = set()
    for place, route in enumerate(public_routes()):
        if route.general_name in seen:
            continue
        seen.add(route.general_name)
        for number, name in enumerate(names):
            for index, value in enumerate(VALUES):
                if (place + 7 * number + index) % SHARE == 0:
                    yield route, f"?{name}={value}"


def addresses() -> Iterator[str]:
    """Addresses of every public route, its query or a part of its path replaced by a value."""
    for route, query in queries():
        given = {"key": "korea-china-cultural-fund", "number": 1, "rest": "x"}
        yield route.path(**given) + query
    seen = set()
    for place, route in enumerate(public_routes()):
        if route.general_name not in seen:
            seen.add(route.general_name)
            for argument in route.arguments:
                for value in VALUES[place % min(SHARE, 4) :: min(SHARE, 4)]:
                    given = {"key": "korea-china-cultural-fund", "number": 1, "rest": "x"}
                    yield route.path(**{**given, argument: value})


def faults(client: Client, address: str, *, cookies: tuple[str, ...] = ()) -> Iterator[str]:
    """What is wrong with the answer of that address, which may set these cookies and no other."""
    started = time.process_time()
    answer = ask(client, address)
    spent = time.process_time() - started
    name = address[:120]
    if answer.status >= 500:
        yield f"{name} breaks the portal ({answer.status})"
    if spent > SECONDS:
        yield f"{name} takes {spent:.1f} s"
    if answer.status >= 400 and not says_why(answer.body.decode(), answer.header("content-type")):
        yield f"{name} is refused without a sentence ({answer.status})"
    set_by_it = [value for header, value in answer.headers if header == "set-cookie"]
    if [cookie for cookie in set_by_it if cookie.split("=")[0] not in cookies]:
        yield f"{name} writes a header"


def says_why(body: str, content_type: str | None) -> bool:
    """Whether an answer holds a sentence for whoever sent the request."""
    if "json" in (content_type or ""):
        body = json.loads(body)["detail"]
    return bool(SENTENCE.search(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.django_db
def test_every_value_is_answered_in_time_and_in_words(client):
    publish(*world())
    asked = list(addresses())
    assert len(asked) > 500
    assert [fault for address in asked for fault in faults(client, address)] == []


@pytest.mark.django_db
def test_route_that_breaks_is_noticed(client, monkeypatch):
    """The control: a filter that turns whatever it is given into a number."""
    from cooperation.faces.filters import WordsFilter

    monkeypatch.setattr(WordsFilter, "filter", lambda _words, queryset, q: queryset[: int(q)])
    assert any("breaks" in fault for fault in faults(client, "/funds/?q=x"))


PAYLOADS = (
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "'onfocus='alert(1)' autofocus='",
    "</title><svg/onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "<!--<img src=x onerror=alert(1)>-->",
    "{{ 424242|add:1 }}{% debug %}",
    "javascript:alert(1)",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
)
ATTACK = " ".join(PAYLOADS)


def poisoned(value: object) -> object:
    """The document with the payloads in every text that readers see."""
    if isinstance(value, dict) and value.keys() == {"en", "ko", "zh-Hans"}:
        return dict.fromkeys(value, ATTACK)
    if isinstance(value, dict):
        return {name: poisoned(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [poisoned(inside) for inside in value]
    return ATTACK if value == "words" else value


class Elements(HTMLParser):
    """Collects what in a page would run: scripts, handlers, and links to scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("svg", "script") and not {"class", "src", "type"} & {name for name, _ in attrs}:
            self.running.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "autofocus":
                self.running.append(name)
            if name in ("href", "src", "action") and (value or "").strip().startswith("javascript"):
                self.running.append(value or "")


def running(page: str) -> list[str]:
    """What in the page would run."""
    elements = Elements()
    elements.feed(page)
    return elements.running


def poison() -> None:
    """A record of every kind with payloads in every text."""
    documents = [document(kind, "first") for kind in KINDS]
    publish(*(poisoned(one) for one in documents), reason=ATTACK)


def public_answers(client: Client) -> Iterator[tuple[str, str, str]]:
    """The address, media type and text of every answer about the poisoned records that a browser may read."""
    reach = Reach(keys={kind: ["first"] for kind in KINDS})
    for address in [*bare_addresses(reach), "/search/?q=script", "/ko/funds/first/"]:
        # No browser reads tables and calendars; what does is asked in test_downloads.py and test_calendar.py.
        if not address.endswith((".csv", ".xlsx", ".zip", ".ics")):
            answer = ask(client, address)
            yield address, answer.header("content-type") or "", answer.body.decode()


@pytest.mark.django_db
def test_no_text_of_a_record_runs_in_a_page_or_breaks_a_feed(client):
    poison()
    shown = 0
    for address, media_type, text in public_answers(client):
        if "html" in media_type:
            assert running(text) == [], address
            shown += html.escape(PAYLOADS[0]) in text
            assert " 424243 " not in text
        elif "xml" in media_type:
            for element in ElementTree.fromstring(text).iter():
                if element.get("type") == "html":
                    assert running(element.text or "") == [], address
        elif "json" in media_type:
            for line in text.splitlines():
                json.loads(line)
        else:
            # In the programs that the guide leads to, signs of our own stand.
            unwanted = PAYLOADS if "/guide/" in address else ["<"]
            assert not any(one in text for one in unwanted), address
    assert shown > 15


@pytest.mark.django_db
def test_text_that_is_not_escaped_is_noticed(client):
    """The control: the same page with its texts as they were sent."""
    poison()
    page = client.get("/funds/first/").content.decode()
    assert running(page) == []
    assert running(page.replace(html.escape(PAYLOADS[0]), PAYLOADS[0])) != []
    assert running(page.replace(html.escape(PAYLOADS[3]), PAYLOADS[3])) != []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "http://a b/", "ftp://x/"]
)
def test_only_web_addresses_are_entered(address):
    with pytest.raises(Refusal):
        publish({**document("organization", "first"), "website": address})
