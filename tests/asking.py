"""The requests that the description shows, and what the portal with its first records answers: `make examples`."""

from __future__ import annotations

import json
import logging
import os
import re
import warnings
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# Of each kind a record that tells much, and one that tells little.
MUCH = {
    "initiative": "tmall-global-kmall24-link",
    "fund": "korea-china-cultural-fund",
    "agreement": "korea-china-free-trade-agreement",
    "engagement": "hangzhou-meeting-2015-01-28",
    "statement": "choi-kyung-hwan-on-free-trade-and-logistics",
    "organization": "alibaba-group",
    "person": "choi-kyung-hwan",
    "platform": "tmall-global",
    "source": "korea-bizwire-2015-01-29",
}
LITTLE = {
    **MUCH,
    "initiative": "korean-products-on-alibaba",
    "engagement": "choi-visit-to-china-2015",
    "statement": "ma-yun-on-logistics-and-culture",
    "organization": "european-union",
    "person": "ma-yun",
    "platform": "kmall24",
}
# What narrows the list of each kind, in the order of the description.
FILTERS: dict[str, dict[str, Any]] = {
    "initiative": {"status": ["proposed", "under_discussion"], "organization": ["alibaba-group"]},
    "fund": {"country": ["KR", "CN"], "currency": ["KRW"]},
    "agreement": {"country": ["KR"], "q": "china"},
    "engagement": {"type": ["meeting"], "date_after": "2015-01", "date_before": "2015-01"},
    "statement": {"person": ["ma-yun"]},
    "organization": {"type": ["firm"], "country": ["CN"]},
    "person": {"organization": ["alibaba-group"]},
    "platform": {"organization": ["alibaba-group"], "q": "Tmall"},
    "source": {"type": ["news_article"], "language": ["en"]},
}
PAGE = {"page_size": 1, "fields": ["key", "title", "url"]}
# Documents whose many citations are left out of one example, as another has them.
LONG = ("initiative", "fund", "engagement", "statement")
# What is longer, or no text, is not shown: the example leads there.
LONGEST = 6_000
SHOWN = ("get", "exportTable", "listReferencesTo")
UNSHOWN = (
    "getSchemaOf",
    "getVocabularies",
    "getDescription",
    "getGuide",
    "getMirror",
    "getNames",
    "getVerifier",
)
# What differs from one portal to the next, though their records are the same.
FIXED = [
    (re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "2026-01-31T09:00:00Z"),
    (re.compile(r'("(?:chain|previous)": ?)"sha256:[0-9a-f]{64}"'), rf'\1"sha256:{"0" * 64}"'),
]


def requests() -> dict[str, dict[str, Any]]:
    """The request of each operation that has an example, as its parameters."""
    from cooperation.gazette.models import Edition

    found: dict[str, dict[str, Any]] = {
        "getRoot": {},
        "getVocabularies": {},
        "getDescription": {},
        "getGuide": {},
        "getMirror": {},
        "getNames": {},
        "getVerifier": {},
        "exportEverything": {},
        "search": {"q": "문화", "page_size": 2},
        "listChanges": {"after": 20, "kind": ["platform", "source"], "page_size": 1},
        "listHeaders": {"after": 0, "page_size": 2},
    }
    numbers = dict(Edition.objects.values_list("key", "number"))
    for kind, key in MUCH.items():
        name, little, narrowed = (
            kind.title(),
            {"key": LITTLE[kind]},
            {**FILTERS[kind], "sort": "title"},
        )
        found |= {
            f"list{name}": {**narrowed, **PAGE},
            f"get{name}": {"key": key, **({"omit": ["citations"]} if kind in LONG else {})},
            f"listReferencesTo{name}": {**little, "page_size": 1},
            f"listEditionsOf{name}": {"key": key},
            f"getEditionOf{name}": {**little, "number": numbers[LITTLE[kind]]},
            f"countFacetsOf{name}": narrowed,
            f"export{name}": narrowed,
            f"exportTable{name}": narrowed,
            f"exportWorkbook{name}": narrowed,
            f"exportPackage{name}": narrowed,
            f"getSchemaOf{name}": {},
        }
    return found


def asked(client: Any, path: str, request: dict[str, Any]) -> Any:
    """What is answered to a request, with what differs from one portal to the next made alike."""
    query = {
        # Members stand between commas; every other list is one value after another.
        name: ",".join(value) if name in ("fields", "omit") else value
        for name, value in request.items()
        if f"{{{name}}}" not in path
    }
    answer = client.get(f"{path.format(**request)}?{urlencode(query, doseq=True)}")
    assert answer.status_code == 200, (path, request, answer.status_code)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer["Content-Type"].startswith(("application/vnd", "application/zip")):
        return None
    return told(
        body.decode(), is_json="json" in answer["Content-Type"].split(";")[0].split("/")[1][:5]
    )


def told(text: str, *, is_json: bool) -> Any:
    """A text with what differs made alike, and as what it says where it is JSON."""
    for pattern, alike in FIXED:
        text = pattern.sub(alike, text)
    return json.loads(text) if is_json else text


def examples(client: Any) -> dict[str, Any]:
    """The request and the answer of each operation that has an example, as their file holds them."""
    wanted = requests()
    found = {}
    for path, operation in operations(client):
        name = operation["operationId"]
        if name in wanted:
            answer = asked(client, path, wanted[name])
            shown = {"answer": answer} if is_shown(name, answer) else {}
            found[name] = {"request": wanted[name], **shown}
    return dict(sorted(found.items()))


def is_shown(operation: str, answer: Any) -> bool:
    """Whether the answer of that operation stands in the description itself."""
    if answer is None or operation.startswith(UNSHOWN):
        return False
    return operation.startswith(SHOWN) or len(json.dumps(answer, ensure_ascii=False)) <= LONGEST


def operations(client: Any) -> list[tuple[str, dict[str, Any]]]:
    """Each path of the description with its operation."""
    described = client.get("/api/v1/openapi.json").json()
    return [(path, item["get"]) for path, item in described["paths"].items()]


def written(found: dict[str, Any]) -> str:
    """The text of the file of examples: one operation a line, so that differences can be read."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False, sort_keys=True)}"
        for name, one in found.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Seed a portal of its own, ask it everything, and write down what it says."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from cooperation.faces.api.examples import FILE, ORIGIN

    # Nobody reads what is logged here, nor the static files that are not collected.
    logging.disable(logging.INFO)
    warnings.filterwarnings("ignore", message="No directory at")
    settings.PORTAL_URL = ORIGIN
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    FILE.write_text(written(examples(Client())))
    print(f"{FILE.name} is written.")


if __name__ == "__main__":
    main()
