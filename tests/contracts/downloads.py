"""The keys of the records that a download of a filtered list holds, form by form."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

from django.test import Client

from cooperation.catalogue import KINDS

# The second cell of each row but the first, in which the names of the columns stand.
KEY_CELL = re.compile(r'<c r="B(?!1")\d+"[^>]*><is><t>([^<]*)<')


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.getvalue()[:300])
    return response.getvalue().decode()


def in_ndjson(client: Client, kind: str, query: str) -> list[str]:
    lines = body(client, f"/api/v1/exports/{KINDS[kind].plural}.ndjson?{query}").splitlines()
    return [json.loads(line)["key"] for line in lines]


def in_csv(client: Client, kind: str, query: str) -> list[str]:
    text = body(client, f"/api/v1/exports/{KINDS[kind].plural}.csv?{query}").removeprefix("\ufeff")
    return [row["key"] for row in csv.DictReader(StringIO(text, newline=""))]


def in_xlsx(client: Client, kind: str, query: str) -> list[str]:
    """Read from the bare sheet, for speed; tests/faces/test_downloads.py reads it as Excel would."""
    response = client.get(f"/api/v1/exports/{KINDS[kind].plural}.xlsx?{query}")
    with ZipFile(BytesIO(response.getvalue())) as archive:
        return KEY_CELL.findall(archive.read("xl/worksheets/sheet1.xml").decode())


def in_package(client: Client, kind: str, query: str) -> list[str]:
    """Read from the table of the records; the documents beside it are the same, in the same order."""
    plural = KINDS[kind].plural
    response = client.get(f"/api/v1/exports/{plural}.zip?{query}")
    with ZipFile(BytesIO(response.getvalue())) as archive:
        text = archive.read(f"{plural}.csv").decode()
        lines = archive.read(f"{plural}.ndjson").splitlines()
    keys = [row["key"] for row in csv.DictReader(StringIO(text, newline=""))]
    assert [json.loads(line)["key"] for line in lines] == keys
    return keys
