"""References inside documents."""

from cooperation.gazette.references import Label, references, relabelled

BARE = {"kind": "organization", "key": "kita", "url": None, "title": None}
NAMED = {
    "kind": "organization",
    "key": "kita",
    "url": "/organizations/kita/",
    "title": {"en": "KITA"},
}


def test_references_are_found_with_the_part_that_holds_them():
    document = {
        "kind": "initiative",
        "key": "link",
        "part_of": None,
        "participants": [{"id": "kita", "organization": BARE}],
        "citations": [{"path": "summary", "source": {**BARE, "kind": "source", "key": "report"}}],
    }
    assert list(references(document)) == [
        ("participants/kita/organization", ("organization", "kita")),
        ("citations/0/source", ("source", "report")),
    ]


def test_only_references_with_a_known_label_change():
    other = {**BARE, "key": "other"}
    labels = {
        ("organization", "kita"): Label(
            "organization", "kita", "/organizations/kita/", {"en": "KITA"}
        )
    }
    assert relabelled({"a": BARE, "b": [other]}, labels) == {"a": NAMED, "b": [other]}
