"""What tests of the faces ask: bodies, problems, and how many queries an answer took."""

import tracemalloc

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.worlds import publish, sample, texts

API = "/api/v1/"

# Every kind of answer, written by hand.
PATHS = [
    "",
    "vocabularies/",
    "schemas/organization.json",
    "schemas/source.json",
    "schemas/initiative.json",
    "schemas/fund.json",
    "openapi.json",
    "docs/",
    "docs/?script=",
    "guide/api.md",
    "guide/api-v1.txt",
    "guide/mirror.py",
    "guide/verify.py",
    "organizations/",
    "sources/",
    "initiatives/",
    "funds/",
    "organizations/?page_size=1&fields=key",
    "funds/korea-china-cultural-fund/",
    "funds/korea-china-cultural-fund/?as_of=2100-01-01",
    "organizations/government-of-korea/references/",
    "funds/korea-china-cultural-fund/editions/",
    "funds/korea-china-cultural-fund/editions/4/",
    "facets/organizations/",
    "facets/sources/",
    "facets/initiatives/",
    "facets/funds/",
    "exports/funds.ndjson",
    "exports/funds.csv",
    "exports/funds.xlsx",
    "exports/funds.zip",
    "exports/all.zip",
    "search/?q=fund",
    "changes/?after=0",
    "gazette/",
]


def body(response):
    """The bytes of any answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def fetched(client, name):
    """The bytes of the download of that name."""
    answer = client.get(f"{API}exports/{name}")
    assert answer.status_code == 200, body(answer)
    return body(answer)


def get(client, path, status=200, **headers):
    """The JSON at an address of the interface."""
    response = client.get(API + path, headers=headers)
    assert response.status_code == status, body(response)
    return response.json()


def keys(page):
    """The keys of a page's results."""
    return [result["key"] for result in page["results"]]


def cost(client, address, **headers):
    """How many times the database is asked for rows, where nothing has been kept from before."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        body(client.get(address, headers=headers))
    return sum(query["sql"].lstrip("(").startswith("SELECT") for query in captured)


def growth(client, name):
    """How many times the memory of the download three times as many long records take."""

    def most():
        tracemalloc.start()
        for _block in client.get(f"{API}exports/{name}"):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    long = texts("x" * 20_000)
    publish(*(sample("statement", f"s{n}", words=long) for n in range(40)))
    most()
    few = most()
    publish(*(sample("statement", f"t{n}", words=long) for n in range(80)))
    return most() / few
