"""Downloads of whole filtered lists."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, StreamingHttpResponse

from cooperation.catalogue import KINDS
from cooperation.faces.exports.ndjson import lines
from cooperation.gazette import schemas

from . import parameters
from .endpoints import Endpoint, JSONLines
from .parameters import Parameter


class NDJSON(Endpoint):
    """All that a filtered list shows, one document a line."""

    operation = "export"
    renderer_classes = [JSONLines]

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The kind's filters."""
        return parameters.filters(self.kind)

    @property
    def answer(self) -> schemas.Schema:
        """Lines of text."""
        return {"type": "string"}

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """One query for the head, and one for each 500 documents."""
        self.asked(request)
        name = f'attachment; filename="{KINDS[self.kind].plural}.ndjson"'
        return StreamingHttpResponse(
            lines(self.filters(request)),
            content_type=JSONLines.media_type,
            headers={"Content-Disposition": name},
        )
