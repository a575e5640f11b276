"""Entering written records: made, changed where they differ, left alone where they do not."""

import pytest
from django.contrib.auth import get_user_model

from cooperation.desk.intake.entering import enter
from cooperation.desk.models import Fund, Initiative, Organization, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return get_user_model().objects.create_user("clerk")


def organization(key, **members):
    return {"kind": "organization", "key": key, "type": "firm", "title": {"en": key}, **members}


def fund(**members):
    return {"kind": "fund", "key": "fund", "title": {"en": "Fund"}, **members}


def commitment(part_id, amount="10", **members):
    return {
        "id": part_id,
        "contributor_class": "private_sector",
        "amount": {"amount": amount, "currency": "KRW"},
        "stage": "proposed",
        **members,
    }


def names(records):
    return [record.key for record in records]


def outcome(records, by, reason="A test."):
    result = enter(records, by=by, reason=reason)
    return names(result.created), names(result.changed), names(result.unchanged)


def test_a_new_record_has_version_one_and_one_entry_of_history(clerk):
    outcome([organization("a", website="https://a.example/")], clerk, "From a list.")
    record = Organization.objects.get()
    assert (record.version, record.changed_by, record.state) == (1, clerk, "draft")
    assert [(e.history_user, e.history_change_reason) for e in record.history.all()] == [
        (clerk, "From a list.")
    ]


def test_a_record_of_which_only_kind_and_key_are_written_begins_like_any_other(clerk):
    outcome([{"kind": "initiative", "key": "bare"}], clerk)
    record = Initiative.objects.get()
    assert (record.version, record.history.count()) == (1, 1)


def test_entering_again_changes_nothing(clerk):
    written = [
        organization("a", part_of="b", names=[{"id": "n", "type": "short", "text": "A"}]),
        organization("b", citations=[{"path": "title", "source": "s", "quote": "B"}]),
        {"kind": "source", "key": "s", "type": "law", "authors": ["Kim"], "publisher": "a"},
        fund(countries=["KR", "CN"], commitments=[commitment("x"), commitment("y")]),
    ]
    assert outcome(written, clerk) == (["a", "b", "s", "fund"], [], [])
    assert outcome(written, clerk) == ([], [], ["a", "b", "s", "fund"])
    assert {r.version for m in (Organization, Source, Fund) for r in m.objects.all()} == {1}
    assert Fund.objects.get().commitments.model.history.count() == 2


def test_only_the_record_that_differs_is_changed(clerk):
    outcome([organization("a"), organization("b")], clerk)
    assert outcome([organization("a"), organization("b", country="KR")], clerk) == (
        [],
        ["b"],
        ["a"],
    )
    assert Organization.objects.get(key="b").version == 2
    assert Organization.objects.get(key="b").history.count() == 2


def test_a_value_written_in_another_form_is_no_difference(clerk):
    outcome(
        [fund(title={"en": "Café"}, countries=["CN", "KR"], commitments=[commitment("x")])], clerk
    )
    again = fund(
        title={"en": " Cafe\u0301 "}, countries=["KR", "CN"], commitments=[commitment("x", "10.00")]
    )
    assert outcome([again], clerk) == ([], [], ["fund"])


def test_what_is_not_written_stays_and_null_empties(clerk):
    outcome([organization("a", title={"en": "A", "ko": "가"}, country="KR", founded="1999")], clerk)
    outcome([{"kind": "organization", "key": "a", "title": {"en": "AA"}, "founded": None}], clerk)
    record = Organization.objects.get()
    assert record.title == {"en": "AA", "ko": "가", "zh-Hans": None}
    assert (record.country, record.founded) == ("KR", "")


def test_parts_are_matched_by_id_and_those_not_named_are_removed(clerk):
    outcome([fund(commitments=[commitment("x"), commitment("y"), commitment("z")])], clerk)
    kept = Fund.objects.get().commitments.get(part_id="y").pk
    written = [fund(commitments=[commitment("w"), commitment("y", "20")])]
    assert outcome(written, clerk) == ([], ["fund"], [])
    commitments = Fund.objects.get().commitments.all()
    assert [(c.part_id, str(c.amount)) for c in commitments] == [("w", "10"), ("y", "20")]
    assert commitments.get(part_id="y").pk == kept
    assert outcome([fund(commitments=[])], clerk) == ([], ["fund"], [])
    assert not Fund.objects.get().commitments.exists()


def test_parts_stand_in_the_order_in_which_they_are_written(clerk):
    outcome([fund(commitments=[commitment("x"), commitment("y")])], clerk)
    Fund.objects.get().commitments.filter(part_id="y").update(position=7)
    outcome([fund(commitments=[commitment("x"), commitment("y"), commitment("a")])], clerk)
    assert [c.part_id for c in Fund.objects.get().commitments.all()] == ["x", "y", "a"]
    outcome([fund(commitments=[commitment("a"), commitment("y"), commitment("x")])], clerk)
    assert [c.part_id for c in Fund.objects.get().commitments.all()] == ["a", "y", "x"]


def test_citations_are_matched_by_what_they_say(clerk):
    source = {"kind": "source", "key": "s", "type": "law"}
    one, two = ({"path": "title", "source": "s", "quote": quote} for quote in ("one", "two"))
    outcome([source, organization("a", citations=[one, two, two])], clerk)
    kept = Organization.objects.get().citations.get(quote="one").pk
    assert outcome([organization("a", citations=[two, one, two])], clerk) == ([], [], ["a"])
    assert outcome([organization("a", citations=[two, one])], clerk) == ([], ["a"], [])
    citations = Organization.objects.get().citations
    assert sorted(citations.values_list("quote", flat=True)) == ["one", "two"]
    assert citations.get(quote="one").pk == kept


def test_editorial_paths_mark_whose_wording_a_text_is(clerk):
    product = {"id": "rice", "title": {"en": "Rice", "ko": "쌀"}}
    written = {"kind": "initiative", "key": "i", "title": {"en": "I", "ko": "이"}}
    written |= {"products": [product], "editorial": ["title/ko", "products/rice/title/en"]}
    outcome([written], clerk)
    record = Initiative.objects.get()
    assert (record.title_editorial, record.summary_editorial) == (["ko"], [])
    assert record.products.get().title_editorial == ["en"]
    assert outcome([written | {"editorial": []}], clerk) == ([], ["i"], [])
    assert Initiative.objects.get().title_editorial == []


def test_references_lead_in_circles_and_to_what_the_desk_holds(clerk):
    outcome([organization("old")], clerk)
    written = [
        {"kind": "source", "key": "s", "type": "law", "publisher": "a",
         "citations": [{"path": "type", "source": "s"}]},
        organization("a", part_of="b", citations=[{"path": "title", "source": "s"}]),
        organization("b", part_of="c"),
        organization("c", part_of="old"),
    ]  # fmt: skip
    assert outcome(written, clerk)[0] == ["s", "a", "b", "c"]
    assert Organization.objects.get(key="a").part_of.part_of.part_of.key == "old"
    assert Source.objects.get().citations.get().source == Source.objects.get()


def test_an_edit_made_at_the_desk_meanwhile_is_kept_where_the_file_is_silent(clerk):
    outcome([organization("a")], clerk)
    Organization.objects.filter(key="a").update(country="CN", version=5)
    outcome([organization("a", founded="1999")], clerk)
    record = Organization.objects.get()
    assert (record.country, record.founded, record.version) == ("CN", "1999", 6)


def test_queries_do_not_grow_with_records_that_are_only_referred_to(
    clerk, django_assert_num_queries
):
    outcome([organization(f"o{n}") for n in range(20)], clerk)

    def cost(part_ids):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        written = [{"kind": "initiative", "key": "i", "participants": [
            {"id": f"p{n}", "organization": f"o{n}", "role": "funder"} for n in part_ids
        ]}]  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            enter(written, by=clerk, reason="A test.")
        return sum(
            'FROM "desk_organization" WHERE "desk_organization"."key" IN' in q["sql"]
            for q in queries
        )

    assert cost(range(2)) == cost(range(20)) == 1
