"""Addresses of the interface: eleven for each kind, and those of the whole."""

from django.urls import URLPattern, URLResolver, path, re_path

from cooperation.catalogue import KINDS, Kind
from cooperation.faces.answers import conditional

from .about import Docs, KindSchema, Nothing, OpenAPI, Root, Vocabularies
from .downloads import CSV, NDJSON, XLSX, Everything, Package
from .editions import Editions, OneEdition
from .endpoints import served
from .finding import Facets, Search
from .guides import GUIDES
from .problems import method_refused
from .records import Record, Records, References
from .register import Changes, Gazette


def of(kind: Kind) -> list[URLPattern]:
    """The addresses of one kind."""
    name, plural = kind.name, kind.plural
    record = f"{plural}/<slug:key>/"
    return [
        path(f"{plural}/", served(Records, kind), name=f"{name}-list"),
        path(record, served(Record, kind), name=f"{name}-detail"),
        path(f"{record}references/", served(References, kind), name=f"{name}-references"),
        path(f"{record}editions/", served(Editions, kind), name=f"{name}-editions"),
        path(f"{record}editions/<int:number>/", served(OneEdition, kind), name=f"{name}-edition"),
        path(f"facets/{plural}/", served(Facets, kind), name=f"{name}-facets"),
        path(f"exports/{plural}.ndjson", served(NDJSON, kind), name=f"{name}-ndjson"),
        path(f"exports/{plural}.csv", served(CSV, kind), name=f"{name}-csv"),
        path(f"exports/{plural}.xlsx", served(XLSX, kind), name=f"{name}-xlsx"),
        path(f"exports/{plural}.zip", served(Package, kind), name=f"{name}-zip"),
        path(f"schemas/{name}.json", served(KindSchema, kind), name=f"{name}-schema"),
    ]


elsewhere = served(Nothing)
"""What every other address answers, here and elsewhere under `/api/`."""

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", served(Root), name="root"),
    path("vocabularies/", served(Vocabularies), name="vocabularies"),
    path("search/", served(Search), name="search"),
    path("changes/", served(Changes), name="changes"),
    path("gazette/", served(Gazette), name="gazette"),
    path("exports/all.zip", served(Everything), name="package"),
    path("openapi.json", served(OpenAPI), name="openapi"),
    *(path(f"guide/{one.file}", served(one), name=one.__name__.lower()) for one in GUIDES),
    path("docs/", conditional("html", refuse=method_refused)(Docs.as_view()), name="docs"),
    *(pattern for kind in KINDS.values() for pattern in of(kind)),
    re_path("", elsewhere, name="nothing"),
]
