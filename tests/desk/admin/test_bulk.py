"""A sector or a status set on many records at once: shown first, exact, and on all of them or on none."""

import pytest

from cooperation.desk import editing
from cooperation.desk.admin import acts
from cooperation.desk.models import Initiative, InitiativeStatusReport
from tests.desk.admin.filling import PASSED, SHOWN_AGAIN, editor, list_page, sentences, signed_in
from tests.desk.records import editor as entering_editor
from tests.desk.records import fund, initiative, published, report

pytestmark = pytest.mark.django_db

TAG, STATUS = "/admin/desk/initiative/tag/", "/admin/desk/initiative/status/"
ENERGY = {"how": "add", "sector": "energy", "reason": "Asked for by the ministry."}
QUOTE = "will offer 40 billion each"
ACTIVE = {"date": "2020", "finding": "changed", "status": "active"}


def agreed(key, day="2015", **values):
    """An initiative that was agreed on a day."""
    row = InitiativeStatusReport(date=day, finding="changed", status="agreed")
    return initiative(key, row, **values)


def shown(client, page, records, **values):
    """The page with what would become of the records."""
    sent = {"record": [one.pk for one in records], **values}
    return client.post(page, {**sent, "show": "1"})


def done(client, page, answer, **values):
    """The answer to the button under what was shown."""
    sheet = answer.context["sheet"]
    sent = {"record": [one.pk for one in sheet.records], "seal": sheet.seal, "do": "1"}
    return client.post(page, {**sent, **values})


def told(answer):
    """What the page says of each record: as it is, as it would be, or why not."""
    effects = answer.context["sheet"].effects
    return [(e.record.key, str(e.outcome), e.before, e.after or e.why) for e in effects]


def versions(*records):
    return [type(one).objects.get(pk=one.pk).version for one in records]


def test_list_leads_to_what_can_be_set_on_records_of_its_kind():
    record, client = agreed("a"), editor()
    for kind, actions in (
        ("initiative", [True, True]),
        ("fund", [False, True]),
        ("firm", [False] * 2),
    ):
        page = sentences(client.get(list_page(kind)))
        assert [f'value="{one}_selected"' in page for one in ("tag", "status")] == actions
    chosen = {"action": "tag_selected", "_selected_action": [record.pk]}
    answer = client.post(list_page("initiative"), chosen)
    assert answer["Location"] == f"{TAG}?record={record.pk}"
    assert "The records that you chose" in sentences(client.get(answer["Location"]))


def test_more_than_a_page_shows_are_taken_in_turns():
    Initiative.objects.bulk_create(
        Initiative(key=f"i-{n}", title_en="T") for n in range(acts.MOST + 1)
    )
    chosen = {
        "action": "tag_selected",
        "select_across": "1",
        "_selected_action": ["1"],
        "index": "0",
    }
    answer = editor().post(list_page("initiative"), chosen, follow=True)
    assert "Choose at most 100 records at a time" in sentences(answer)
    numbers = [*Initiative.objects.values_list("pk", flat=True)]
    assert editor().get(TAG, {"record": numbers}).status_code == 404
    assert editor().get(TAG, {"record": numbers[1:]}).status_code == 200


def test_sector_is_added_where_it_is_missing_and_taken_away_again_to_the_letter():
    records = [initiative("a", sectors=["trade"]), initiative("b", sectors=["energy", "trade"])]
    client = editor()
    answer = shown(client, TAG, records, **ENERGY)
    assert told(answer) == [
        ("a", "changes", "Trade and e-commerce", "Trade and e-commerce, Energy"),
        ("b", "stays", "Energy, Trade and e-commerce", "Energy, Trade and e-commerce"),
    ]
    assert versions(*records) == [1, 1]
    answer = done(client, TAG, answer, **ENERGY)
    assert answer["Location"] == "/admin/desk/initiative/?sectors=energy"
    assert versions(*records) == [2, 1]
    first = Initiative.objects.get(key="a")
    entry = first.history.first()
    assert (first.sectors, entry.history_change_reason) == (["trade", "energy"], ENERGY["reason"])
    assert "1 record was changed." in sentences(client.get(answer["Location"]))
    away = {**ENERGY, "how": "remove"}
    assert done(client, TAG, shown(client, TAG, records, **away), **away).status_code == PASSED
    assert [one.sectors for one in Initiative.objects.order_by("key")] == [["trade"], ["trade"]]
    assert "there is nothing to do." in sentences(shown(client, TAG, records, **away))


def test_status_is_set_by_a_report_of_each_record_with_the_words_that_prove_it():
    records, client = [agreed("a"), agreed("b", "2016-05")], editor()
    typed = {**ACTIVE, "source": report().pk, "quote": QUOTE, "note": "Both began."}
    answer = shown(client, STATUS, records, **typed)
    after = "Active since 2020, last confirmed 2020"
    assert told(answer) == [
        ("a", "changes", "Agreed since 2015, last confirmed 2015", after),
        ("b", "changes", "Agreed since 2016-05, last confirmed 2016-05", after),
    ]
    assert done(client, STATUS, answer, **typed).status_code == PASSED
    for record in records:
        newest = record.status_reports.last()
        assert (newest.date, newest.status, newest.note) == ("2020", "active", "Both began.")
        assert record.citations.get(path="status_reports/2020").quote == QUOTE
    assert versions(*records) == [2, 2]
    published(*records)


def test_one_record_that_is_refused_keeps_all_as_they_are_until_it_is_left_out():
    good, active, late = agreed("a"), agreed("b"), agreed("c", "2021")
    merged, taken_back = agreed("d"), agreed("e", withdrawn=True)
    Initiative.objects.filter(pk=merged.pk).update(successor="a")
    client = editor()
    done(client, STATUS, shown(client, STATUS, [active], **ACTIVE), **ACTIVE)
    everything = [good, active, late, merged, taken_back]
    answer = shown(client, STATUS, everything, **ACTIVE)
    refused = {key: why for key, outcome, _before, why in told(answer) if outcome == "refused"}
    assert {key: why.partition(";")[0] for key, why in refused.items()} == {
        "b": "its status is “Active” already",
        "c": "its last report is of 2021",
        "d": "it was merged into a",
        "e": "it was withdrawn",
    }
    assert 'name="do"' not in sentences(answer)
    answer = done(client, STATUS, answer, **ACTIVE)
    assert answer.status_code == SHOWN_AGAIN
    assert "Nothing can be done yet" in sentences(answer)
    assert versions(*everything) == [1, 2, 1, 1, 1]
    sent = {"record": [one.pk for one in everything], **ACTIVE, "leave_out": "1"}
    answer = client.post(STATUS, sent)
    assert [key for key, *_more in told(answer)] == ["a"]
    assert done(client, STATUS, answer, **ACTIVE).status_code == PASSED
    assert versions(*everything) == [2, 2, 1, 1, 1]


def test_record_that_breaks_a_rule_undoes_what_was_set_on_those_before_it():
    first, broken = initiative("a"), initiative("b")
    Initiative.objects.filter(pk=broken.pk).update(countries=["XX"])
    client = editor()
    answer = done(client, TAG, shown(client, TAG, [first, broken], **ENERGY), **ENERGY)
    assert answer.status_code == SHOWN_AGAIN
    assert told(answer)[1] == ("b", "refused", "–", "“XX” is not a code of this list.")
    assert (versions(first, broken), Initiative.objects.get(key="a").sectors) == ([1, 1], [])
    assert first.history.count() == 1


def test_what_has_changed_since_it_was_shown_is_shown_again():
    records, client = [initiative("a"), initiative("b")], editor()
    answer = shown(client, TAG, records, **ENERGY)
    records[1].title_ko = "새 이름"
    editing.save(records[1], by=entering_editor(), reason="")
    again = done(client, TAG, answer, **ENERGY)
    assert "has changed since this page was shown" in sentences(again)
    other = {**ENERGY, "sector": "mining"}
    assert done(client, TAG, again, **other).status_code == SHOWN_AGAIN
    assert versions(*records) == [1, 2]
    assert done(client, TAG, again, **ENERGY).status_code == PASSED
    assert done(client, TAG, again, **ENERGY).status_code == SHOWN_AGAIN
    assert versions(*records) == [2, 3]


@pytest.mark.parametrize(
    ("page", "values", "sentence"),
    [
        (TAG, {"how": "add", "sector": "x"}, "Select a valid choice."),
        (TAG, {"how": "add", "sector": ""}, "This field is required."),
        (TAG, {**ENERGY, "reason": "a\x00b"}, "Null characters are not allowed."),
        (STATUS, {**ACTIVE, "finding": "nothing_found"}, "Select a valid choice."),
        (STATUS, {**ACTIVE, "date": "x"}, "2015"),
        (STATUS, {**ACTIVE, "quote": "Words."}, "Name the source in which these words stand."),
    ],
)
def test_wrong_input_is_told_beside_its_field(page, values, sentence):
    record = agreed("a")
    answer = editor().post(page, {"record": record.pk, **values, "do": "1"})
    assert answer.status_code == SHOWN_AGAIN
    assert sentence in sentences(answer)
    assert versions(record) == [1]


def test_words_that_the_source_does_not_hold_are_set_on_none():
    record, client = agreed("a"), editor()
    typed = {**ACTIVE, "source": report().pk, "quote": "forty billion"}
    answer = shown(client, STATUS, [record], **typed)
    assert "does not occur in the kept text of report" in sentences(answer)
    assert 'name="do"' not in sentences(answer)


def test_wrong_addresses_lead_nowhere():
    record, client = agreed("a"), editor()
    for numbers in ([], ["x"], ["-1"], ["9" * 30], ["9" * 15], [record.pk, record.pk + 7]):
        for ask in (client.get, client.post):
            assert ask(STATUS, {"record": numbers}).status_code == 404, numbers
    assert client.get("/admin/desk/firm/status/").status_code == 302
    assert signed_in("rita", "").post(STATUS, {"record": record.pk}).status_code == 403


def test_what_was_set_is_taken_back_but_for_what_was_changed_since():
    records, client = [initiative("a", sectors=["trade"]), initiative("b"), fund("c")], editor()
    answer = done(client, TAG, shown(client, TAG, records[:2], **ENERGY), **ENERGY)
    page = client.get(answer["Location"])
    way = sentences(page).partition("takeback/?done=")[2].partition('"')[0]
    other = Initiative.objects.get(key="b")
    other.title_ko = "새 이름"
    editing.save(other, by=entering_editor(), reason="")
    asked = client.get(f"/admin/desk/initiative/takeback/?done={way}")
    assert "Changed since; these stay as they are" in sentences(asked)
    sent = {"done": asked.context["done"]}
    answer = client.post("/admin/desk/initiative/takeback/", sent, follow=True)
    assert "Taken back for 1 record." in sentences(answer)
    assert "B (initiative b)" in sentences(answer)
    stored = {one.key: (one.sectors, one.version) for one in Initiative.objects.all()}
    assert stored == {"a": (["trade"], 3), "b": (["energy"], 3)}


def test_preview_costs_the_same_for_few_records_and_for_many(django_assert_max_num_queries):
    client = editor()
    for count in (2, 30):
        records = [agreed(f"r-{count}-{n}") for n in range(count)]
        with django_assert_max_num_queries(12):
            shown(client, STATUS, records, **ACTIVE)
