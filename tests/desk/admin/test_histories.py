"""History at the desk: who changed what, and why."""

import pytest

from cooperation.desk import editing
from cooperation.desk.models import (
    FundStatusReport,
    InitiativePlatform,
    OrganizationName,
    Participant,
    Source,
)
from cooperation.gazette.models import Edition
from tests.desk.admin.filling import (
    change_page,
    filled,
    signed_in,
)
from tests.desk.records import (
    editor,
    fund,
    initiative,
    organization,
    platform,
    published,
    report,
    saved,
    texts,
)

pytestmark = pytest.mark.django_db


def changes(record, place=0):
    """What the history of the record tells of one change, counted from the newest."""
    page = signed_in("edith").get(change_page(record).replace("change", "history"))
    return [(c.label, c.before, c.after) for c in list(page.context["page"])[place].changes]


def test_history_tells_who_changed_what_and_why():
    record = organization("a", OrganizationName(type="alias", text="X"))
    client = signed_in("edith")
    values = {
        **filled(client.get(change_page(record))),
        "title_ko": "새 이름",
        "names-0-text": "Y",
        "reason": "It was misspelt.",
    }
    client.post(change_page(record), values)
    published(record)
    entries = client.get(change_page(record).replace("change", "history")).context["page"]
    shown = [
        (e.act, str(e.by), e.reason, [(c.label, c.before, c.after) for c in e.changes])
        for e in entries
    ]
    number = Edition.objects.get(key="a").number
    assert shown == [
        (f"Published as edition {number}", "publisher", "Agreed in a test.", []),
        (
            "Changed",
            "edith",
            "It was misspelt.",
            [("Title (Korean)", "A 한국어", "새 이름"), ("Name “alias” › Name", "X", "Y")],
        ),
        (
            "Created",
            "editor",
            "Entered in a test.",
            [
                ("Key", "", "a"),
                ("Title (English)", "", "A"),
                ("Title (Korean)", "", "A 한국어"),
                ("Title (Simplified Chinese)", "", "A 中文"),
                ("Type", "", "Firm"),
                ("Name “alias”", "", "Also known as · X"),
                ("Citation", "", "Report (report)"),
            ],
        ),
    ]


def test_changed_end_of_a_long_text_is_told_with_what_surrounds_it():
    record = fund("a", purpose=texts("Money. " * 1_000 + "For films only."))
    record.purpose_en = record.purpose_en.replace("films only", "books and films")
    editing.save(record, by=editor(), reason="")
    [(label, before, after)] = changes(record)
    assert label == "Purpose (English)"
    assert before.startswith("…")
    assert before.endswith("Money. For films only.")
    assert after.endswith("Money. For books and films.")
    assert len(after) < 320


def test_changed_beginning_of_a_long_text_is_told_without_its_end():
    record = fund("a", purpose=texts("Little " + "money " * 1_000))
    record.purpose_en = "Much" + record.purpose_en
    editing.save(record, by=editor(), reason="")
    [(_label, before, after)] = changes(record)
    assert (before[:12], after[:12]) == ("Little money", "MuchLittle m")
    assert (before[-1], after[-1]) == ("…", "…")


def test_row_that_was_moved_is_told_for_its_place_decides():
    record = fund("a", FundStatusReport(date="2015", finding="changed", status="agreed"))
    row = record.status_reports.get()
    row.position = 7
    editing.save(record, by=editor(), reason="", parts=[row])
    assert changes(record) == [("Status report “2015” › Position", "1", "7")]


def test_kept_text_is_told_to_be_there_or_to_have_changed_and_nothing_else_of_it():
    source, without = report(), saved(Source(title=texts("Law"), type="law"))
    assert [one for one in changes(source) if "Kept" in one[0]] == [("Kept text", "", "added")]
    assert [one for one in changes(without) if "Kept" in one[0]] == []
    source.kept_text += "More."
    editing.save(source, by=editor(), reason="")
    assert changes(source) == [("Kept text", "", "changed")]


def test_what_a_record_came_to_refer_to_is_told_by_name_and_key():
    first, second = organization("first"), organization("second", title=texts("First"))
    record = fund("a", manager=first)
    record.manager = second
    editing.save(record, by=editor(), reason="")
    assert changes(record) == [("Manager", "First (first)", "First (second)")]


def test_row_that_was_taken_out_is_told_with_what_it_said():
    cinema = platform("cinema")
    linked = InitiativePlatform(platform=cinema)
    name = Participant(part_id="kita", organization=organization("kita"), role="operator")
    record = initiative("a", linked, name)
    removed = [record.participants.get(), record.platforms.get(), record.citations.first()]
    editing.save(record, by=editor(), reason="", removed=removed)
    cinema.delete()
    assert changes(record) == [
        ("Participant “kita”", "Kita (kita) · Operator", "deleted"),
        ("Platform", "Kmall24 (cinema)", "deleted"),
        ("Citation", "Report (report)", "deleted"),
    ]
