"""The part of schema.org's vocabulary that the portal speaks, written out by hand, and who keeps to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

PARENTS = {
    "Article": "CreativeWork",
    "BreadcrumbList": "ItemList",
    "CollectionPage": "WebPage",
    "Corporation": "Organization",
    "Country": "Place",
    "CreativeWork": "Thing",
    "Dataset": "CreativeWork",
    "EntryPoint": "Thing",
    "Event": "Thing",
    "GovernmentOrganization": "Organization",
    "ItemList": "Thing",
    "Legislation": "CreativeWork",
    "ListItem": "Thing",
    "MonetaryAmount": "Thing",
    "MonetaryGrant": "Thing",
    "NewsArticle": "Article",
    "Organization": "Thing",
    "Person": "Thing",
    "Place": "Thing",
    "PostalAddress": "Thing",
    "Project": "Organization",
    "PropertyValue": "Thing",
    "Quotation": "CreativeWork",
    "Role": "Thing",
    "SearchAction": "Thing",
    "SearchResultsPage": "WebPage",
    "Service": "Thing",
    "WebPage": "CreativeWork",
    "WebSite": "CreativeWork",
}

# Each property: what may have it, and what it may be.
PROPERTIES: dict[str, tuple[str, str]] = {
    "about": ("CreativeWork Event", "Thing"),
    "address": ("Organization Person Place", "PostalAddress Text"),
    "addressCountry": ("PostalAddress", "Country Text"),
    "alternateName": ("Thing", "Text"),
    "amount": ("MonetaryGrant", "MonetaryAmount Number"),
    "attendee": ("Event", "Organization Person"),
    "breadcrumb": ("WebPage", "BreadcrumbList Text"),
    "citation": ("CreativeWork", "CreativeWork Text"),
    "creator": ("CreativeWork", "Organization Person"),
    "creditText": ("CreativeWork", "Text"),
    "currency": ("MonetaryAmount", "Text"),
    "dateCreated": ("CreativeWork", "Date DateTime"),
    "dateModified": ("CreativeWork", "Date DateTime"),
    "datePublished": ("CreativeWork", "Date DateTime"),
    "description": ("Thing", "Text"),
    "disambiguatingDescription": ("Thing", "Text"),
    "dissolutionDate": ("Organization", "Date"),
    "endDate": ("Event Role", "Date DateTime"),
    "foundingDate": ("Organization", "Date"),
    "fundedItem": ("MonetaryGrant", "CreativeWork Event Organization Person"),
    "funder": ("CreativeWork Event MonetaryGrant Organization Person", "Organization Person"),
    "identifier": ("Thing", "PropertyValue Text URL"),
    "inLanguage": ("CreativeWork Event", "Text"),
    "isBasedOn": ("CreativeWork", "CreativeWork URL"),
    "isPartOf": ("CreativeWork", "CreativeWork URL"),
    "item": ("ListItem", "Thing"),
    "itemListElement": ("ItemList", "ListItem Text Thing"),
    "legislationDate": ("Legislation", "Date"),
    "leiCode": ("Organization", "Text"),
    "license": ("CreativeWork", "CreativeWork URL"),
    "location": ("Event Organization", "Place PostalAddress Text"),
    "mainEntity": ("CreativeWork", "Thing"),
    "member": ("Organization", "Organization Person"),
    "name": ("Thing", "Text"),
    "numberOfItems": ("ItemList", "Number"),
    "parentOrganization": ("Organization", "Organization"),
    "position": ("CreativeWork ListItem", "Number Text"),
    "potentialAction": ("Thing", "SearchAction"),
    "propertyID": ("PropertyValue", "Text URL"),
    "provider": ("CreativeWork Service", "Organization Person"),
    "publisher": ("CreativeWork", "Organization Person"),
    "query-input": ("SearchAction", "Text"),
    "recordedAt": ("CreativeWork", "Event"),
    "roleName": ("Role", "Text URL"),
    "sameAs": ("Thing", "URL"),
    "sdPublisher": ("CreativeWork", "Organization Person"),
    "serviceType": ("Service", "Text"),
    "sourceOrganization": ("CreativeWork", "Organization"),
    "sponsor": ("CreativeWork Event MonetaryGrant Organization Person", "Organization Person"),
    "startDate": ("Event Role", "Date DateTime"),
    "superEvent": ("Event", "Event"),
    "target": ("SearchAction", "EntryPoint URL"),
    "temporalCoverage": ("CreativeWork", "DateTime Text URL"),
    "text": ("CreativeWork", "Text"),
    "url": ("Thing", "URL"),
    "urlTemplate": ("EntryPoint", "Text"),
    "value": ("MonetaryAmount PropertyValue", "Number Text"),
    "version": ("CreativeWork", "Number Text"),
    "worksFor": ("Person", "Organization"),
}
FORMS = {
    "URL": re.compile(r"https?://[^\s/]+/\S*|https?://[^\s/]+"),
    "Date": re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"),
    "DateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"),
    "Text": re.compile(r".+", re.S),
}


def is_a(sort: str, wanted: str) -> bool:
    """Whether one type is another or one of its sorts."""
    return sort == wanted or (sort in PARENTS and is_a(PARENTS[sort], wanted))


def nodes(value: Any) -> Iterator[Node]:
    """Every node that says what it is, however deep."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inside in value.values():
            yield from nodes(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from nodes(inside)


def faults(graph: Any) -> list[str]:
    """What in the linked data is not as schema.org has it, or leads nowhere."""
    sorts = {node["@id"]: node["@type"] for node in nodes(graph) if "@id" in node}
    found = []
    for node in nodes(graph):
        sort = node["@type"]
        if sort not in PARENTS:
            found.append(f"{sort} is unknown")
            continue
        if "@id" in node and not FORMS["URL"].fullmatch(node["@id"]):
            found.append(f"{node['@id']} is no full address")
        for name, value in node.items():
            if not name.startswith("@"):
                values = value if isinstance(value, list) else [value]
                found += [f for one in values for f in _faults(sort, name, one, sorts)]
    return found


def _faults(sort: str, name: str, value: Any, sorts: dict[str, str]) -> Iterator[str]:
    domains, ranges = PROPERTIES.get(name, ("", ""))
    # A role stands between a thing and what its property names, under the same property.
    if not any(is_a(sort, one) for one in domains.split()) and sort != "Role":
        yield f"{sort} has no {name}"
    if isinstance(value, int):
        is_right = "Number" in ranges.split()
    elif isinstance(value, str):
        forms = [FORMS["URL"] if one == "Thing" else FORMS.get(one) for one in ranges.split()]
        is_right = any(form and form.fullmatch(value) for form in forms)
    elif "@value" in value:
        is_right = "Text" in ranges.split() and bool(value["@value"] and value["@language"])
    else:
        kind = value.get("@type") or sorts.get(value.get("@id"), "")
        is_right = kind == "Role" or any(is_a(kind, one) for one in ranges.split())
    if not is_right:
        yield f"{name} of {sort} may not be {value}"
