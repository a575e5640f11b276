"""Page, feed, download and interface agree on which records there are, under every filter."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk.models import Initiative
from cooperation.gazette import listing
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.references import references
from tests.examples import world
from tests.worlds import merge, publish, reference, sample, sized_fund, withdraw

from .combining import together
from .downloads import body, in_csv, in_ndjson, in_package, in_xlsx
from .routes import public_routes
from .sweeping import CHANGED, Reach, of_list

ROW = re.compile(r'<article class="row">\s*<h3>.*?href="/\w+/([a-z0-9-]+)/"', re.DOTALL)
ENTRY = re.compile(r'<entry>.*?<link href="[^"]*?/\w+/([a-z0-9-]+)/"', re.DOTALL)
PLURALS = "|".join(kind.plural for kind in KINDS.values())
PLACE = re.compile(rf"<loc>http://testserver/({PLURALS})/([a-z0-9-]+)/</loc>")
GONE = "gone-for-good"
COUNTED = ("currency=CNY&amount_min=20&country=CN", "currency=KRW&amount_max=1", *CHANGED)


@pytest.fixture
def records(db) -> dict[str, list[str]]:
    """A small published world with what has ended, and drafts; the keys that are public."""
    publish(*world())
    return with_ended_records_and_drafts()


@pytest.fixture
def many_records(db) -> dict[str, list[str]]:
    """The seed in place of the small world."""
    call_command("seed", verbosity=0)
    return with_ended_records_and_drafts()


def with_ended_records_and_drafts() -> dict[str, list[str]]:
    """A withdrawn record of each kind, a merged one and a draft beside what there is."""
    publish(*(sample(kind, GONE) for kind in KINDS), sample("organization", "old-name"))
    publish(*(sized_fund(f"of-{n}-yuan", str(n), "CNY", countries=["CN"]) for n in (1, 20, 300)))
    for kind in KINDS:
        withdraw(kind, GONE)
    merge("organization", "old-name", "government-of-korea")
    Initiative(key="a-draft", title={"en": "A draft"}).save()
    keys: dict[str, list[str]] = {}
    for kind, key in Current.objects.values_list("kind", "key"):
        keys.setdefault(kind, []).append(key)
    return keys


def on_page(client: Client, kind: str, query: str) -> list[str]:
    return ROW.findall(body(client, f"/{KINDS[kind].plural}/?{query}"))


def in_feed(client: Client, kind: str, query: str) -> list[str]:
    return ENTRY.findall(body(client, f"/{KINDS[kind].plural}/feed.atom?{query}"))


def in_interface(client: Client, kind: str, query: str) -> list[str]:
    answer = json.loads(body(client, f"/api/v1/{KINDS[kind].plural}/?{query}"))
    keys = [result["key"] for result in answer["results"]]
    assert answer["count"] == len(keys)
    return keys


FACES = {
    "pages:{kind}-list": on_page,
    "feeds:{kind}-list": in_feed,
    "api:{kind}-list": in_interface,
    "api:{kind}-ndjson": in_ndjson,
    "api:{kind}-csv": in_csv,
    "api:{kind}-xlsx": in_xlsx,
    "api:{kind}-zip": in_package,
}


def filters(kind: str, keys: dict[str, list[str]]) -> Iterator[str]:
    """No filter, each filter, two together, and any of them together."""
    yield from ("", "q=Korea", "q=%ED%95%9C%EA%B5%AD", "q=korea%20film")
    reach = Reach(keys={name: sorted(some) for name, some in keys.items()})
    every = [q for q in of_list(kind, reach) if not q.startswith(("fields", "omit", "count"))]
    yield from (query for query in every if "page_size" not in query)
    facet = next(iter(KINDS[kind].facets))
    yield from (f"{query}&q=Korea" for query in every if query.startswith(facet))
    yield from together([query for query in every if "page_size" not in query], kind)


def disagreements(
    client: Client, keys: dict[str, list[str]], kinds: Iterable[str] = KINDS
) -> Iterator[str]:
    """Each filter under which two faces name different records, or in another order."""
    for kind in kinds:
        for query in filters(kind, keys):
            shown = {name: face(client, kind, query) for name, face in FACES.items()}
            wanted = shown["api:{kind}-list"]
            for name, found in shown.items():
                is_ordered = not name.startswith("feeds")
                if (found if is_ordered else set(found)) != (wanted if is_ordered else set(wanted)):
                    yield f"{name} of {kind} with {query!r}: {found}, not {wanted}"


@pytest.mark.django_db
def test_faces_agree_under_every_filter(many_records, client):
    assert list(disagreements(client, many_records)) == []


def test_every_face_of_a_list_is_asked():
    """A new download or list has to say in FACES how its records are read."""
    of_lists = {
        route.general_name
        for route in public_routes()
        if route.kind and not route.arguments and "schemas/" not in route.template
    }
    assert of_lists == {*FACES, "api:{kind}-facets", "feeds:{kind}-calendar"}


@pytest.mark.django_db
def test_every_published_record_and_no_other_is_listed(records, client):
    for kind in KINDS:
        assert sorted(in_interface(client, kind, "page_size=200")) == sorted(records.get(kind, []))
        assert GONE not in records.get(kind, [])
    assert "a-draft" not in records["initiative"]


@pytest.mark.once
@pytest.mark.django_db
def test_a_face_that_leaves_a_record_out_is_noticed(records, client, monkeypatch):
    """The control: a feed that does not know of the oldest record."""
    monkeypatch.setattr("cooperation.faces.feeds.views.SHOWN", 1)
    found = disagreements(client, records, ["organization"])
    assert any(line.startswith("feeds:") for line in found)


@pytest.mark.django_db
def test_facet_counts_are_the_numbers_of_records_listed(many_records, client):
    for kind in KINDS:
        for query in ("", "q=Korea", *(COUNTED if KINDS[kind].amount else ())):
            address = f"/api/v1/facets/{KINDS[kind].plural}/?{query}"
            for facet, values in json.loads(body(client, address)).items():
                for value in values:
                    # Counted is what would be listed were this its only value.
                    others = [one for one in query.split("&") if not one.startswith(f"{facet}=")]
                    asked = "&".join([f"{facet}={value['value']}", *others])
                    assert value["count"] == len(in_interface(client, kind, asked)), asked


@pytest.mark.django_db
def test_search_finds_what_the_lists_find(many_records, client):
    for q in ("Korea", "Alibaba", "한국", "中国", "drama film"):
        results = json.loads(body(client, f"/api/v1/search/?page_size=200&q={q}"))["results"]
        listed = {(kind, key) for kind in KINDS for key in in_interface(client, kind, f"q={q}")}
        assert {(one["kind"], one["key"]) for one in results} == listed
        pages = "".join(whole(client, f"/search/?q={q}"))
        shown = set(re.findall(r'<h3>.*?href="/(\w+)/([a-z0-9-]+)/"', pages))
        assert shown == {(KINDS[kind].plural, key) for kind, key in listed}


def whole(client: Client, address: str) -> Iterator[str]:
    """The page at that address and those that follow it."""
    page = body(client, address)
    yield page
    following = re.search(r'rel="next" href="([^"]+)"', page)
    if following:
        yield from whole(client, f"/search/{html.unescape(following[1])}")


@pytest.mark.django_db
def test_sitemap_names_every_published_record_and_no_other(records, client):
    index = re.findall(r"<loc>http://testserver(/[^<]+)</loc>", body(client, "/sitemap.xml"))
    places = {place for part in index for place in PLACE.findall(body(client, part))}
    assert places == {
        (KINDS[kind].plural, key) for kind in records for key in records.get(kind, [])
    }


@pytest.mark.django_db
def test_mirror_that_follows_the_changes_holds_what_is_public(records, client):
    mirror: dict[tuple[str, str], Any] = {}
    address: str | None = "/api/v1/changes/?after=0&page_size=7"
    while address:
        answer = json.loads(body(client, address))
        for entry in answer["results"]:
            name = entry["edition"]["kind"], entry["edition"]["key"]
            mirror.pop(name, None)
            if entry["edition"]["action"] in ("published", "refreshed"):
                mirror[name] = {**entry["document"], "edition": entry["edition"]}
        address = answer["next"] and answer["next"].removeprefix("http://testserver")
    for kind in KINDS:
        listed = json.loads(body(client, f"/api/v1/{KINDS[kind].plural}/?page_size=200"))["results"]
        assert listed == [mirror[kind, document["key"]] for document in listed], kind
    assert len(mirror) == sum(map(len, records.values()))


@pytest.mark.django_db
def test_backlinks_are_the_references_of_all_documents_the_other_way_round(records, client):
    expected: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in Current.objects.all():
        for _path, target in references(row.content):
            if target != (row.kind, row.key):
                expected.setdefault(target, set()).add((row.kind, row.key))
    for kind in KINDS:
        for key in records.get(kind, []):
            address = f"/api/v1/{KINDS[kind].plural}/{key}/references/?page_size=200"
            found = {
                (one["kind"], one["key"]) for one in json.loads(body(client, address))["results"]
            }
            assert found == expected.get((kind, key), set()), (kind, key)
            page = body(client, f"/{KINDS[kind].plural}/{key}/")
            for other, other_key in found:
                assert f'href="/{KINDS[other].plural}/{other_key}/"' in page


@pytest.mark.django_db
def test_withdrawn_record_shows_in_its_history_and_nowhere_else(records, client):
    for kind in KINDS.values():
        for prefix in ("", "/ko", "/zh-hans", "/api/v1"):
            answer = client.get(f"{prefix}/{kind.plural}/{GONE}/")
            assert answer.status_code == 410
            assert "Agreed in a test." in answer.content.decode()
        assert client.get(f"/{kind.plural}/{GONE}/history/").status_code == 200
        assert client.get(f"/api/v1/{kind.plural}/{GONE}/editions/").status_code == 200
        old = Edition.objects.get(kind=kind.name, key=GONE, action="published").number
        assert client.get(f"/{kind.plural}/{GONE}/editions/{old}/").status_code == 200
        assert client.get(f"/api/v1/{kind.plural}/{GONE}/references/").status_code == 410


@pytest.mark.django_db
def test_merged_record_leads_to_its_successor_everywhere(records, client):
    for prefix in ("", "/ko", "/zh-hans", "/api/v1"):
        answer = client.get(f"{prefix}/organizations/old-name/")
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"{prefix}/organizations/government-of-korea/",
        )


@pytest.mark.django_db
def test_renaming_refreshes_what_names_it_and_only_the_label(records, client):
    """A reference shows the new title at once, on every face."""
    row = Current.objects.get(kind="organization", key="government-of-korea")
    naming = [(r.kind, r.key) for r in listing.referring_to("organization", "government-of-korea")]
    before = {(r.kind, r.key): r.content for r in Current.objects.all()}
    publish({**row.content, "title": {**row.content["title"], "en": "Korea Renamed"}})
    after = {(r.kind, r.key): r.content for r in Current.objects.all()}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {("organization", "government-of-korea"), *naming}
    for name in naming:
        assert unlabelled(before[name]) == unlabelled(after[name])
        assert "Korea Renamed" in body(client, f"/{KINDS[name[0]].plural}/{name[1]}/")


def unlabelled(value: Any) -> Any:
    """The document with bare references."""
    if isinstance(value, dict) and value.keys() == {"kind", "key", "url", "title"}:
        return reference(value["kind"], value["key"])
    if isinstance(value, dict):
        return {name: unlabelled(inside) for name, inside in value.items()}
    return [unlabelled(inside) for inside in value] if isinstance(value, list) else value
