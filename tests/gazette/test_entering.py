"""Entering acts in the register."""

import json

import pytest
from django.db import connection

from cooperation.gazette import triggers
from cooperation.gazette.entering import Act, Refusal, TooMany
from cooperation.gazette.indexing import prepared, store
from cooperation.gazette.models import Current, Edition, Head
from cooperation.gazette.verifying import verify
from cooperation.rules.canonical import canonical, digest
from tests.worlds import OFFICE, REASON, act, merge, publish, reference, sample, texts, withdraw

pytestmark = pytest.mark.django_db


def current(kind, key):
    return json.loads(Current.objects.get(kind=kind, key=key).document)


def test_editions_are_numbered_from_one_without_gaps_and_the_head_follows():
    publish(sample("organization", "a"), sample("organization", "b"))
    publish(sample("organization", "c"))
    assert list(Edition.objects.values_list("number", "key")) == [(1, "a"), (2, "b"), (3, "c")]
    head = Head.objects.get()
    assert (head.number, head.chain) == (3, Edition.objects.get(number=3).chain)


def test_the_chain_covers_the_header_and_the_value_before_it():
    publish(sample("organization", "a"), sample("organization", "b"))
    first, second = Edition.objects.all()
    header = {
        "number": 2,
        "action": "published",
        "kind": "organization",
        "key": "b",
        "published_at": second.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "hash": digest(second.document),
        "reason": REASON,
        "office": OFFICE,
        "successor": None,
        "previous": first.chain,
    }
    assert second.chain == digest(canonical(header))
    assert first.previous is None
    assert second.header() == {**header, "chain": second.chain}


def test_an_equal_document_enters_nothing():
    publish(sample("organization", "a"))
    assert publish(sample("organization", "a")) == []
    assert Head.objects.get().number == 1


def test_references_are_labelled_from_what_is_public_or_in_the_same_act_also_in_a_cycle():
    publish(
        sample("organization", "a", part_of=reference("organization", "b")),
        sample("organization", "b", part_of=reference("organization", "a")),
    )
    assert current("organization", "a")["part_of"] == {
        "kind": "organization",
        "key": "b",
        "url": "/organizations/b/",
        "title": {"en": "B", "ko": None, "zh-Hans": None},
    }
    assert current("organization", "b")["part_of"]["title"]["en"] == "A"


def test_a_reference_to_what_is_not_public_is_refused():
    with pytest.raises(Refusal, match="organization/b is referred to but is not public"):
        publish(sample("organization", "a", part_of=reference("organization", "b")))
    assert Head.objects.get().number == 0


def test_renaming_refreshes_what_names_it_and_only_the_label():
    publish(
        sample("organization", "a"),
        sample("initiative", "i", part_of=None, participants=[participant("a")]),
    )
    before = current("initiative", "i")
    entered = publish(sample("organization", "a", title=texts("Renamed", "새 이름")))
    assert [(e.action, e.kind, e.key) for e in entered] == [
        ("published", "organization", "a"),
        ("refreshed", "initiative", "i"),
    ]
    assert entered[1].reason == f"organization/a: {REASON}"
    after = current("initiative", "i")
    assert after["participants"][0]["organization"]["title"] == texts("Renamed", "새 이름")
    after["participants"][0]["organization"]["title"] = texts("A")
    assert after == before


def test_a_change_that_leaves_the_title_refreshes_nothing():
    publish(sample("organization", "a"), sample("initiative", "i", participants=[participant("a")]))
    entered = publish(sample("organization", "a", country="KR"))
    assert [edition.action for edition in entered] == ["published"]


def test_what_names_a_withdrawn_record_keeps_its_key_and_loses_url_and_title():
    publish(sample("organization", "a"), sample("initiative", "i", participants=[participant("a")]))
    entered = withdraw("organization", "a", reason="Entered by mistake.")
    assert [(e.action, e.key, e.document is None) for e in entered] == [
        ("withdrawn", "a", True),
        ("refreshed", "i", False),
    ]
    assert current("initiative", "i")["participants"][0]["organization"] == reference(
        "organization", "a"
    )
    publish(sample("organization", "a"))
    assert current("initiative", "i")["participants"][0]["organization"]["title"]["en"] == "A"


def test_what_names_a_merged_record_names_its_successor():
    publish(
        sample("organization", "a"),
        sample("organization", "b"),
        sample("initiative", "i", participants=[participant("a")]),
    )
    merge("organization", "a", "b")
    assert current("initiative", "i")["participants"][0]["organization"] == {
        "kind": "organization",
        "key": "b",
        "url": "/organizations/b/",
        "title": texts("B"),
    }
    with pytest.raises(Refusal, match="merged into another record"):
        publish(sample("organization", "a"))


@pytest.mark.parametrize("action", ["withdrawn", "merged"])
def test_a_record_that_is_not_public_can_be_neither_withdrawn_nor_merged(action):
    publish(sample("organization", "b"))
    successor = "b" if action == "merged" else None
    with pytest.raises(Refusal, match=f"organization/a is not public, so it cannot be {action}"):
        act(Act(action, "organization", "a", successor=successor))


def test_a_record_is_merged_only_into_a_public_one():
    publish(sample("organization", "a"))
    with pytest.raises(Refusal, match="organization/b is referred to but is not public"):
        merge("organization", "a", "b")


def test_a_record_named_twice_in_an_act_is_refused():
    with pytest.raises(Refusal, match="named twice"):
        publish(sample("organization", "a"), sample("organization", "a", country="KR"))


def test_a_document_that_its_shape_does_not_allow_is_refused():
    with pytest.raises(Refusal, match="organization/a"):
        publish(sample("organization", "a", founded="last year"))


def forge_title():
    """The current document of a says what was never entered."""
    forged = Current.objects.get(key="a").document.replace('"A"', '"Forged"')
    Current.objects.filter(key="a").update(document=forged)


def bring_back_the_first():
    """The current row of a is that of its first edition, byte for byte."""
    first = Edition.objects.get(number=1)
    Current.objects.get(key="a").delete()
    store([prepared(first)])


def exchange():
    """The row of b stands under the key of a."""
    Current.objects.filter(key="a").update(key="c")
    Current.objects.filter(key="b").update(key="a")


def forge_the_hash_too():
    """The edition names the hash of the forged document, which its chain value does not cover."""
    forge_title()
    row = Current.objects.get(key="a")
    with triggers.lifted(connection):
        Edition.objects.filter(number=row.pk).update(hash=digest(row.document))


FORGERIES = [forge_title, bring_back_the_first, exchange, forge_the_hash_too]
LABELLED = {
    "a reference to it": lambda: publish(
        sample("organization", "d", part_of=reference("organization", "a"))
    ),
    "its next edition": lambda: publish(sample("organization", "a", country="CN")),
    "a successor": lambda: merge("organization", "z", "a"),
}


@pytest.mark.parametrize("enter", LABELLED.values(), ids=LABELLED.keys())
@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_current_document_is_not_entered_in_any_edition(forge, enter):
    publish(sample("organization", "a", title=texts("First")))
    publish(*(sample("organization", key) for key in "abz"))
    forge()
    with pytest.raises(Refusal, match=r"The current document of organization/a .*\(edition \d\)"):
        enter()
    assert Head.objects.get().number == 4


def test_a_forged_document_is_not_refreshed():
    publish(
        sample("organization", "a", part_of=reference("organization", "b")),
        sample("organization", "b"),
    )
    forge_title()
    with pytest.raises(Refusal, match=r"organization/a .*edition 1.* Mend: manage.py verify"):
        publish(sample("organization", "b", title=texts("Renamed")))
    assert Head.objects.get().number == 2


def test_what_the_act_does_not_go_by_may_be_forged():
    publish(sample("organization", "a"))
    forge_title()
    assert [e.key for e in publish(sample("organization", "b"))] == ["b"]
    withdraw("organization", "a")
    assert [e.key for e in publish(sample("organization", "a"))] == ["a"]
    assert list(verify()) == []


def test_an_act_over_the_limit_is_refused_before_anything_is_entered():
    with pytest.raises(TooMany, match="would enter 3 editions"):
        publish(*(sample("organization", key) for key in "abc"), limit=2)
    assert Head.objects.get().number == 0
    assert len(publish(*(sample("organization", key) for key in "abc"), limit=None)) == 3


def test_time_never_goes_backwards(time_machine):
    time_machine.move_to("2026-11-23T12:00:00.7Z", tick=False)
    publish(sample("organization", "a"))
    time_machine.move_to("2026-11-23T11:00:00Z", tick=False)
    publish(sample("organization", "b"))
    assert [e.header()["published_at"] for e in Edition.objects.all()] == [
        "2026-11-23T12:00:00Z"
    ] * 2


def test_queries_of_a_publication_do_not_grow_with_its_records(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        publish(*(sample("organization", f"o{n}") for n in range(3)))
    with django_assert_max_num_queries(20):
        publish(*(sample("organization", f"p{n}") for n in range(60)))


def participant(key):
    return {
        "id": key,
        "organization": reference("organization", key),
        "role": "proposer",
        "from": None,
        "until": None,
    }
