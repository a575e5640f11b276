"""What a package says of itself: `datapackage.json` (datapackage.org, version 2), and a README in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from cooperation.faces.answers import LICENCES
from cooperation.gazette import reading
from cooperation.gazette.models import Head

from .fields import Descriptor
from .zips import Packed

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FORMS = {"csv": "text/csv", "ndjson": "application/x-ndjson"}


@dataclass(frozen=True)
class About:
    """Of what a package is: its name, its title, a sentence, and the page that shows the same."""

    name: str
    title: str
    description: str
    page: str
    """The path of that page."""


@dataclass(frozen=True)
class Resource:
    """One file of a package, as it was packed."""

    name: str
    path: str
    title: str
    count: int
    """How many rows or lines it has, the names of the columns aside."""
    packed: Packed
    schema: Descriptor
    """The schema of its rows."""

    @property
    def described(self) -> Descriptor:
        """The file as `datapackage.json` describes it."""
        form = self.path.rpartition(".")[2]
        return {
            "name": self.name,
            "path": self.path,
            "title": self.title,
            "type": "table",
            "format": form,
            "mediatype": FORMS[form],
            "encoding": "utf-8",
            "bytes": self.packed.bytes,
            "hash": self.packed.hash,
            "schema": self.schema,
        }


def datapackage(
    about: About, head: Head, resources: Sequence[Resource], absolute: Callable[[str], str]
) -> bytes:
    """The package's `datapackage.json`; its version is the number of the register's head."""
    told = reading.place(head)
    found: dict[str, Any] = {
        "$schema": PROFILE,
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "homepage": absolute(about.page),
        "version": str(head.number),
        **({"created": told["published_at"]} if head.at else {}),
        "licenses": [_licence(settings.PORTAL_LICENCE_URL)],
        "contributors": [{"title": settings.PORTAL_OFFICE, "roles": ["publisher"]}],
        "sources": [{"title": "The register", "path": absolute("/api/v1/changes/")}],
        "head": told,
        "resources": [resource.described for resource in resources],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def _licence(url: str) -> Descriptor:
    named = {"name": LICENCES[url]} if url in LICENCES else {}
    return {**named, "path": url, "title": "Licence of the portal"}


def readme(
    about: About, head: Head, resources: Sequence[Resource], absolute: Callable[[str], str]
) -> bytes:
    """The package's README.txt: what it is, what is in it, how to read it and how to hold it against the register."""
    told = reading.place(head)
    files = "\n".join(f"  {one.path:<36}{one.count:>9}  {one.title}" for one in resources)
    text = README.format(
        title=about.title,
        description=about.description,
        office=settings.PORTAL_OFFICE,
        licence=settings.PORTAL_LICENCE_URL,
        page=absolute(about.page),
        data=absolute("/data/"),
        base=absolute("/"),
        verifier=absolute("/api/v1/guide/verify.py"),
        files=files,
        **{name: value or "none" for name, value in told.items()},
    )
    return text.encode()


README = """\
{title}

{description}

Published by {office}
at {page}.

AS OF WHEN

All of it is of one moment, that of the register's head:

  number  {number}
  time    {published_at}
  chain   {chain}

WHAT IS IN IT, AND HOW MANY ROWS OR LINES

{files}
  datapackage.json                               what each file and column is, for programs

The tables (.csv) have one row a record, or one row a part of a record: there,
record_key says of which. The documents (.ndjson) have everything that a record
holds, one record a line, as JSON.

HOW TO READ IT

- Every file is UTF-8 without a byte order mark. The tables are comma-separated
  values (RFC 4180) whose first row names the columns. For spreadsheet programs
  the downloads as XLSX are better: {data}
- Unknown is empty; yes and no are true and false.
- Amounts are exact decimal numbers in units of their currency (ISO 4217), never
  in thousands or millions.
- Dates may be known to the day (2015-01-28), the month (2015-01) or the year
  (2015); spans have a stroke (2015-01-27/2015-01-29), and one that goes on ends
  in two dots (2014-10/..).
- Several values in one cell have a semicolon and a space between them.
- A text that begins with = + - @, their full-width forms, a tab or a line end
  has an apostrophe before it, so that no spreadsheet runs it; so has one that
  would otherwise look as if it had been given one. Take away one apostrophe and
  you have the text. The documents have every text as it is.

LICENCE

{licence}
It covers what the portal publishes. It does not cover what others wrote: words
quoted from sources stand under the rights of those sources.

HOLDING IT AGAINST THE REGISTER

The bytes and hash in datapackage.json tell whether a file arrived as it was
sent. Each document carries the header of its edition as its last member. Taken
without that member and written as canonical JSON (RFC 8785), its SHA-256 is the
hash in that header. That the header stands in the register, and that the
register has not been rewritten since the head above, is what a program of the
portal checks that uses nothing else of ours (Python 3.11 or newer, no library):

  curl -O {verifier}
  python3 verify.py {base} {number} {chain}
"""
