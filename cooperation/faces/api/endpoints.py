"""What every address of the interface has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from cooperation.catalogue import KINDS, Kind
from cooperation.faces.answers import conditional
from cooperation.faces.filters import RecordFilters, filterset
from cooperation.gazette import schemas
from cooperation.gazette.shapes import shape

from .components import FOUND, SCHEMAS, holding
from .describing import Description
from .notices import Notice
from .parameters import Parameter, given
from .problems import Fault, Refused, method_refused


class OneForm(BaseContentNegotiation):
    """Every address answers in one form, whatever was asked for, so that caches need not tell readers apart."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """None: nothing is sent to the interface."""
        return None

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The form of the address."""
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """One address of the interface: what may be asked of it, and what it answers."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = ()
    renderer_classes = [JSONRenderer]
    content_negotiation_class = OneForm
    schema = Description()

    kind: str = ""
    operation: str = ""
    tag: str = "Register"
    notice: Notice | None = None
    """When it goes, if it does."""
    is_narrowed: bool = False
    """Whether it takes the filters of its kind."""
    refusals: tuple[str, ...] = ()
    """With which statuses it may answer besides those of every address."""
    headers_found: tuple[str, ...] = FOUND
    """Which headers stand on what is found."""

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What may stand in the query."""
        return []

    @property
    def answer(self) -> schemas.Schema:
        """The JSON Schema of the answer; its sentence says what the answer is. Anything, unless an address says more."""
        return {}

    def asked(self, request: HttpRequest) -> dict[str, Any]:
        """What the query says, read strictly. Raises Refused, which names all that is wrong."""
        found, faults = given(request, self.parameters)
        if self.is_narrowed:
            named = {fault.parameter for fault in faults}
            faults += [fault for fault in self._wrong(request) if fault.parameter not in named]
        if faults:
            raise Refused(faults)
        return found

    def filters(self, request: HttpRequest) -> RecordFilters:
        """The kind's filters as the query sets them; `asked` has refused those that are wrong."""
        return filterset(self.kind)(request.GET)

    def _wrong(self, request: HttpRequest) -> Iterator[Fault]:
        """What is wrong in the kind's filters."""
        for name, found in self.filters(request).form.errors.as_data().items():
            for fault in found:
                said = fault.params or {}
                value = str(said.get("value", request.GET.get(name, "")))
                allowed = said.get("allowed") or None
                yield Fault(name, value, f"{name}: {fault.messages[0]}", allowed)


def named_members(kind: str) -> list[str]:
    """The names of the members that a response holds of a document of that kind."""
    common = ["schema", "kind", "key", "url", "title", "citations", "editorial", "edition"]
    return [*common, *shape(kind).members]


def served(endpoint: type[Endpoint], kind: Kind | None = None) -> Callable[..., HttpResponseBase]:
    """The view of that endpoint, for one kind or for all."""
    given_kind = {"kind": kind.name} if kind else {}
    view = endpoint.as_view(**given_kind)
    media_type = endpoint.renderer_classes[0].media_type
    answer = conditional(media_type, refuse=method_refused)(view)
    return endpoint.notice.on(answer) if endpoint.notice else answer


def page_schema(results: schemas.Schema) -> schemas.Schema:
    """The JSON Schema of a page of a list of such results."""
    address = {"type": ["string", "null"], "format": "uri"}
    properties: dict[str, schemas.Schema] = {
        "count": {
            "type": ["integer", "null"],
            "description": "How many there are; null where they are more than 10,000.",
        },
        "next": address,
        "previous": address,
        "results": {"type": "array", "items": results},
    }
    return holding(properties)


def component(name: str) -> schemas.Schema:
    """A reference to a schema of the description by its name."""
    return {"$ref": f"{SCHEMAS}{name}"}


KIND_NAMES = sorted(KINDS)
