"""Lists, and the whole portal, to take away as data packages."""

import json
from decimal import Decimal
from hashlib import sha256

import pytest

from cooperation.catalogue import KINDS
from cooperation.faces.exports import documents
from cooperation.gazette.models import Edition, Head
from cooperation.gazette.shapes import part_lists, vocabularies
from tests.contracts.crowds import FIRST, crowd, document
from tests.examples import fund, organizations, source
from tests.worlds import publish, reference, sample, texts, withdraw

from .reading import API, body, cost, fetched, get, keys
from .tabular import Package, cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORMULA = '=HYPERLINK("https://x.example","x")&cmd|\' /C calc\'!A0'


def package(client, name, query=""):
    """The package of that name, every cell of it held against what it says of itself."""
    return Package(fetched(client, f"{name}.zip{query}"))


def test_a_package_says_what_it_is_from_whom_and_of_which_moment(client, settings):
    settings.PORTAL_OFFICE = "Office of Tests"
    publish(*organizations(), source(), fund())
    answer = client.get(f"{API}exports/funds.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="funds.zip"'
    told = Package(body(answer)).described
    head = Head.objects.get()
    assert {name: told[name] for name in told if name not in ("created", "resources")} == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "funds",
        "title": "Cooperation Portal: Funds",
        "description": "Money that was announced for a purpose, who is to give how much of it, and what was paid.",
        "homepage": "http://testserver/funds/",
        "version": "4",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Licence of the portal",
            }
        ],
        "contributors": [{"title": "Office of Tests", "roles": ["publisher"]}],
        "sources": [{"title": "The register", "path": "http://testserver/api/v1/changes/"}],
        "head": {"number": 4, "published_at": told["created"], "chain": head.chain},
    }
    assert [one["path"] for one in told["resources"]] == [
        "funds.csv",
        "funds_announcements.csv",
        "funds_commitments.csv",
        "funds_allocations.csv",
        "funds_status_reports.csv",
        "funds_citations.csv",
        "funds.ndjson",
    ]


def test_a_licence_that_nobody_has_given_a_name_to_has_none(client, settings):
    settings.PORTAL_LICENCE_URL = "https://portal.example/terms/"
    (told,) = package(client, "funds").described["licenses"]
    assert told == {"path": "https://portal.example/terms/", "title": "Licence of the portal"}


def test_its_readme_says_in_plain_words_what_it_is_and_how_to_hold_it_against_the_register(client):
    publish(*organizations(), source(), fund())
    head = Edition.objects.latest("number").chain
    readme = package(client, "funds").files["README.txt"].decode()
    assert readme.startswith("Cooperation Portal: Funds\n\nMoney that was announced")
    assert "  funds_commitments.csv                       3  Funds: Contributions\n" in readme
    assert "https://creativecommons.org/licenses/by/4.0/" in readme
    verifier = "http://testserver/api/v1/guide/verify.py"
    typed = f"  curl -O {verifier}\n  python3 verify.py http://testserver/ 4 {head}\n"
    assert readme.endswith(typed)
    assert client.get(verifier).status_code == 200
    assert "{" not in readme


def test_each_document_can_be_held_against_the_hash_in_its_edition(client):
    """As its readme says, and without any code of ours."""
    publish(*organizations(), source(), fund(title=texts("Fund", "기금 \u2028 🙂")))
    found = package(client, "all").tables
    for kind in KINDS.values():
        for told in found.get(f"{kind.plural}_documents", []):
            edition = told.pop("edition")
            form = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
            digest = sha256(json.dumps(told, **form).encode()).hexdigest()
            assert edition["hash"] == f"sha256:{digest}"


def test_every_kind_with_everything_in_it_reads_back_as_what_it_says_that_it_is(client):
    crowd(2)
    for kind in KINDS.values():
        found = package(client, kind.plural)
        listed = get(client, f"{kind.plural}/?page_size=200")["results"]
        assert found.tables.pop(f"{kind.plural}_documents") == listed
        assert [row["key"] for row in found.tables.pop(kind.plural)] == keys({"results": listed})
        assert found.tables.keys() == {
            f"{kind.plural}_{name}" for name in [*part_lists(kind.name), "citations"]
        }
        for table, rows in found.tables.items():
            name = table.removeprefix(f"{kind.plural}_")
            owners = [one["key"] for one in listed for _part in one[name]]
            assert [row["record_key"] for row in rows] == owners, table


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ({"type": "integer", "constraints": {"minimum": 0}}, "-1"),
        ({"type": "string", "constraints": {"enum": ["KR"]}}, "CN"),
        ({"type": "string", "constraints": {"pattern": "[a-z]+"}}, "abc1"),
        ({"type": "string", "constraints": {"required": True}}, ""),
    ],
)
def test_a_cell_that_is_not_what_it_should_be_is_noticed(field, cell):
    """The control of the reader."""
    with pytest.raises(AssertionError):
        cast({"name": "cell", **field}, cell)


def test_the_whole_portal_is_one_package(client):
    crowd(2)
    answer = client.get(f"{API}exports/all.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="cooperation-portal.zip"'
    found = Package(body(answer))
    assert (found.described["name"], found.described["homepage"]) == (
        "cooperation-portal",
        "http://testserver/",
    )
    for kind in KINDS.values():
        listed = get(client, f"{kind.plural}/?page_size=200")["results"]
        assert found.tables[f"{kind.plural}_documents"] == listed
        assert len(found.tables[kind.plural]) == len(listed) == 2
    codes = [(row["vocabulary"], row["code"]) for row in found.texts("vocabularies")]
    assert codes == [(name, code) for name, one in vocabularies().items() for code in one.codes]
    (korea,) = (row for row in found.texts("vocabularies") if row["code"] == "KR")
    assert korea["title_ko"] == "대한민국"


def test_what_is_withdrawn_is_in_no_package(client):
    publish(sample("fund", "gone"), sample("fund", "stays"))
    withdraw("fund", "gone")
    assert [row["key"] for row in package(client, "all").tables["funds"]] == ["stays"]


def test_a_list_of_nothing_is_a_package_of_tables_without_rows(client):
    found = package(client, "funds", "?q=nothing")
    assert {len(rows) for rows in found.tables.values()} == {0}
    assert "funds_documents" not in found.resources
    assert found.files["funds.ndjson"] == b""
    assert found.described["version"] == "0"


def test_amounts_are_exact_to_the_last_digit(client):
    amounts = ["200000000000", "-0.00000001", "123456789012345678", "0.1"]
    part = document("initiative", FIRST, rows=1)["targets"][0]
    targets = [{**part, "id": f"t{n}", "amount": amount} for n, amount in enumerate(amounts)]
    publish(sample("initiative", "exports", targets=targets))
    rows = package(client, "initiatives").tables["initiatives_targets"]
    assert [row["amount"] for row in rows] == [Decimal(amount) for amount in amounts]


def test_several_values_in_one_cell_are_keys_or_codes_with_signs_between_them(client):
    subjects = [reference("organization", "seller"), reference("platform", "shop")]
    publish(
        sample("organization", "seller"),
        sample("platform", "shop"),
        sample("statement", "words", subjects=subjects),
        sample("fund", "both", countries=["KR", "CN"]),
    )
    assert package(client, "statements").tables["statements"][0]["subjects_key"] == (
        "organization/seller; platform/shop"
    )
    assert package(client, "funds").tables["funds"][0]["countries"] == "KR; CN"


def hostile():
    """A fund whose texts a spreadsheet would run."""
    reports = [{"id": "r", "date": None, "finding": "changed", "status": "active", "note": FORMULA}]
    publish(sample("fund", "f", title=texts(FORMULA), status_reports=reports))


def test_no_text_of_a_package_runs_in_a_spreadsheet(client):
    hostile()
    found = package(client, "funds")
    assert found.texts("funds")[0]["title_en"] == f"'{FORMULA}"
    assert found.texts("funds_status_reports")[0]["note"] == f"'{FORMULA}"
    assert found.tables["funds_documents"][0]["title"]["en"] == FORMULA


def test_a_text_that_runs_is_noticed(client, monkeypatch):
    """The control: the same tables with their texts as they were sent."""
    monkeypatch.setattr("cooperation.faces.exports.csv.harmless", str)
    hostile()
    assert package(client, "funds").texts("funds")[0]["title_en"] == FORMULA


def test_a_package_filters_and_sorts_as_the_list_does_and_says_so(client, monkeypatch):
    monkeypatch.setattr(documents, "CHUNK", 3)
    publish(*(sample("organization", f"o{n}", country="KR") for n in range(8)))
    publish(*(sample("organization", f"p{n}", country="CN") for n in range(8)))
    query = "?country=KR&sort=title"
    found = package(client, "organizations", query)
    assert [row["key"] for row in found.tables["organizations"]] == [f"o{n}" for n in range(8)]
    assert found.described["homepage"] == f"http://testserver/organizations/{query}"
    assert f"http://testserver/organizations/{query}" in found.files["README.txt"].decode()
    # The head twice, for the answer and for what it says of itself, and the list in three chunks.
    assert cost(client, f"{API}exports/organizations.zip{query}") == 2 + 3
    assert cost(client, f"{API}exports/all.zip") == 2 + 6 + len(KINDS) - 1


def test_the_description_names_the_packages_with_their_filters(client):
    paths = client.get(f"{API}openapi.json").json()["paths"]
    package, whole = (paths[f"/api/v1/exports/{name}.zip"]["get"] for name in ("funds", "all"))
    assert package["parameters"] == paths["/api/v1/exports/funds.csv"]["get"]["parameters"]
    assert whole["parameters"] == [{"$ref": "#/components/parameters/IfNoneMatch"}]
    for one in (package, whole):
        assert list(one["responses"]["200"]["content"]) == ["application/zip"]


@pytest.mark.parametrize("address", ["funds.zip?page_size=2", "all.zip?country=KR"])
def test_what_a_package_does_not_know_is_refused_in_a_problem_document(client, address):
    answer = client.get(f"{API}exports/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    name = address.partition("?")[2].partition("=")[0]
    assert [one["parameter"] for one in json.loads(body(answer))["errors"]] == [name]
