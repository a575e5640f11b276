"""Downloads of whole filtered lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

from cooperation.catalogue import KINDS
from cooperation.faces.answers import absolute
from cooperation.faces.exports import csv, ndjson, packages, xlsx
from cooperation.faces.filters import RecordFilters
from cooperation.gazette import schemas

from . import parameters
from .components import FOUND
from .endpoints import Endpoint
from .parameters import Parameter

Full = Callable[[str], str]


def file_of(endpoint: Endpoint) -> schemas.Schema:
    """The schema of a file that is no text: its form alone."""
    return {"contentMediaType": endpoint.renderer_classes[0].media_type}


def sent(body: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """The file of that name, sent as it is written."""
    return StreamingHttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class Streamed(BaseRenderer):
    """A form whose bytes are streamed, so nothing is rendered."""

    def render(self, data: Any, *_rest: Any, **_context: Any) -> bytes:
        """The bytes as they are."""
        return bytes(data)


class JSONLines(Streamed):
    """One JSON text a line."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class CommaSeparated(Streamed):
    """A table as text: one record a line, with commas between the values."""

    media_type = "text/csv"
    format = "csv"


class Spreadsheets(Streamed):
    """A workbook of Excel."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"


class Packages(Streamed):
    """A data package: tables and documents in a zip file."""

    media_type = "application/zip"
    format = "zip"


class Download(Endpoint):
    """All that a filtered list shows, in one file."""

    is_narrowed = True
    headers_found = (*FOUND, "Content-Disposition")
    content_type: str = ""
    written: staticmethod[[RecordFilters, Full], Iterator[bytes]]
    """What writes the file, piece by piece; the second argument makes a full address of a path."""

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The kind's filters."""
        return parameters.filters(self.kind)

    @property
    def answer(self) -> schemas.Schema:
        """The whole list, line by line."""
        return {"type": "string"}

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """One query for the head, and one for each 500 documents."""
        self.asked(request)
        form = self.renderer_classes[0]
        return sent(
            self.written(self.filters(request), partial(absolute, request)),
            f"{KINDS[self.kind].plural}.{form.format}",
            self.content_type or form.media_type,
        )


class NDJSON(Download):
    """All that a filtered list shows, one document a line.

    Newline-delimited JSON: each line is a document as the list gives it, with its edition's header.
    """

    operation = "export"
    renderer_classes = [JSONLines]
    written = staticmethod(ndjson.lines)


class CSV(Download):
    """All that a filtered list shows as a table, one record a row.

    RFC 4180 in UTF-8 with a byte order mark. A list of parts is told by how many it holds; the
    workbook and NDJSON have the parts themselves.
    """

    operation = "exportTable"
    renderer_classes = [CommaSeparated]
    written = staticmethod(csv.lines)
    content_type = "text/csv; charset=utf-8"


class Binary(Download):
    """All that a filtered list shows, in a file that is no text."""

    @property
    def answer(self) -> schemas.Schema:
        """The whole list as a file."""
        return file_of(self)


class XLSX(Binary):
    """All that a filtered list shows as a workbook.

    It has a sheet of the records, one of each list of parts in them, and one of the citations, with
    numbers and days as such.
    """

    operation = "exportWorkbook"
    renderer_classes = [Spreadsheets]
    written = staticmethod(xlsx.blocks)


class Package(Binary):
    """All that a filtered list shows as a data package.

    A zip file of its tables, one of each list in them, and the documents, described by `datapackage.json`.
    """

    operation = "exportPackage"
    renderer_classes = [Packages]
    written = staticmethod(packages.of_list)


class Everything(Endpoint):
    """The whole portal as one data package.

    A zip file of every kind's tables and documents, and of what codes mean, described by `datapackage.json`.
    """

    operation = "exportEverything"
    headers_found = (*FOUND, "Content-Disposition")
    renderer_classes = [Packages]

    @property
    def answer(self) -> schemas.Schema:
        """The whole portal as a file."""
        return file_of(self)

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """Two queries for the head, and of each kind one for each 500 documents."""
        self.asked(request)
        return sent(
            packages.of_everything(partial(absolute, request)),
            f"{packages.NAME}.zip",
            Packages.media_type,
        )
