"""What became of a thing, recorded on the small form: found quickly, proved, in its place, and taken back."""

import pytest
from django.utils.html import escape

from cooperation.desk import editing, needs
from cooperation.desk.models import FundStatusReport, Initiative, InitiativeStatusReport, Source
from cooperation.gazette.models import Current
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    change_page,
    editor,
    publisher,
    sentences,
    signed_in,
)
from tests.desk.records import editor as entering_editor
from tests.desk.records import fund, initiative, published, report

# What pages and forms show does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

QUOTE = "will offer 40 billion each"
TODAY = needs.today().isoformat()


def link(*reports):
    """An initiative of which it was reported in 2015 that it was agreed."""
    first = InitiativeStatusReport(date="2015-01-28", finding="changed", status="agreed")
    return initiative("a-link", *(reports or (first,)))


def form_page(record):
    return f"/admin/desk/{record.kind}/{record.pk}/progress/"


def typed(page, **values):
    """What the browser sends when somebody fills in the form that the page shows."""
    return {"seen": page.context["seen"], "date": TODAY, "new-type": "news_article", **values}


def sent(record, client=None, **values):
    """The answer to the form of the record, filled in as it is shown now."""
    client = client or editor()
    return client.post(form_page(record), typed(client.get(form_page(record)), **values))


def said(record):
    """The reports of the record, each with what proves it."""
    cited = {row.path: (row.source.key, row.quote) for row in record.citations.all()}
    return [
        (one.date, one.finding, one.status, *cited.get(f"status_reports/{one.part_id}", ()))
        for one in record.status_reports.all()
    ]


FIRST = ("2015-01-28", "changed", "agreed")


def test_page_says_first_how_things_stand():
    notes = [f"Note {number}." for number in range(5)]
    rows = [
        InitiativeStatusReport(
            date=f"201{n}", finding="confirmed" if n else "changed", status="agreed", note=note
        )
        for n, note in enumerate(notes)
    ]
    shown = sentences(editor().get(form_page(link(*rows))))
    assert [note in shown for note in notes] == [False, False, True, True, True]
    facts = shown[shown.index("<dl") : shown.index("</dl>")]
    assert all(words in facts for words in ("Agreed", "2010", "2014"))
    assert f'name="date" value="{TODAY}"' in shown
    assert '<option value="agreed" selected>' in shown


def test_way_leads_there_from_the_forms_of_initiatives_and_funds_and_of_nothing_else():
    for record, is_there in ((link(), True), (fund("a"), True), (report(), False)):
        assert (form_page(record) in sentences(editor().get(change_page(record)))) is is_there
    assert editor().get(f"/admin/desk/source/{report().pk}/progress/").status_code == 302


def test_change_is_recorded_with_the_words_that_prove_it_as_one_change():
    record = link()
    more = {"finding": "changed", "status": "active", "source": report().pk, "quote": QUOTE}
    answer = sent(record, note="Both sides began.", **more)
    assert answer.status_code == PASSED
    record.refresh_from_db()
    assert said(record) == [FIRST, (TODAY, "changed", "active", "report", QUOTE)]
    entry = record.history.first()
    assert (record.version, entry.history_user.username) == (2, "edith")
    assert entry.history_change_reason == "Progress recorded: Changed"
    next_page = sentences(editor().get(answer["Location"]))
    assert "Recorded. What comes next?" in next_page
    assert "Take it back" in next_page


def test_what_was_recorded_is_public_once_it_is_published():
    record = published(link())
    sent(record, finding="changed", status="active", source=report().pk, quote=QUOTE)
    assert '"agreed"' in Current.objects.get(key="a-link").document
    published(record)
    assert '"value":"active"' in Current.objects.get(key="a-link").document


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        # Whoever confirms need not say again what.
        ({"finding": "confirmed", "source": "report", "quote": QUOTE}, "agreed"),
        # The choice that stands in the form is not taken where nothing was found.
        ({"finding": "nothing_found", "status": "agreed"}, ""),
    ],
)
def test_status_follows_from_the_finding(values, stored):
    record, source = link(), report()
    values = {**values, **({"source": source.pk} if "source" in values else {})}
    assert sent(record, **values).status_code == PASSED
    assert said(record)[-1][:3] == (TODAY, values["finding"], stored)


REFUSED = (
    ({"finding": ""}, "This field is required."),
    ({"finding": "changed"}, "Choose the status that was found."),
    ({"source": "", "quote": ""}, "a source says so; choose it"),
    ({"quote": ""}, "Quote the words of report"),
    ({"quote": "forty billion"}, "does not occur in the kept text of report"),
    ({"finding": "nothing_found", "source": ""}, "Name the source in which these words stand."),
    ({"finding": "changed", "status": "agreed"}, "its status is “Agreed” already; choose"),
    ({"status": "active"}, "its status is “Agreed”; whoever confirms it leaves it so."),
    ({"date": "2999-01"}, "This day is still to come"),
    ({"date": "28.1.2015"}, "28.1.2015"),
    ({"date": "2014"}, "it has no status yet that could be confirmed"),
    ({"source": "9" * 30}, "Select a valid choice"),
    ({"source": "9" * 15}, "Select a valid choice"),
    ({"note": "Typed.\x00"}, "Null characters are not allowed."),
    ({"note": "Typed." * 4000}, "The text is longer than 20,000 characters"),
)


def test_what_cannot_be_recorded_is_told_and_nothing_typed_is_lost():
    record, client = link(), editor()
    whole = {"finding": "confirmed", "source": report().pk, "quote": QUOTE, "note": "Typed."}
    page = client.get(form_page(record))
    for values, sentence in REFUSED:
        answer = client.post(form_page(record), typed(page, **{**whole, **values}))
        assert answer.status_code == SHOWN_AGAIN, values
        assert escape(sentence) in sentences(answer), values
        assert "Typed." in sentences(answer), values
    record.refresh_from_db()
    assert (record.version, said(record)) == (1, [FIRST])


def test_report_of_an_earlier_day_stands_where_its_date_belongs():
    rows = [
        InitiativeStatusReport(date=day, finding=finding, status=status)
        for day, finding, status in (
            ("2015-01-28", "changed", "agreed"),
            ("2018", "changed", "active"),
            ("2020-05", "confirmed", "active"),
        )
    ]
    record, words = link(*rows), {"source": report().pk, "quote": QUOTE}
    assert sent(record, date="2017-03", finding="confirmed", **words).status_code == PASSED
    assert [one[0] for one in said(record)] == ["2015-01-28", "2017-03", "2018", "2020-05"]
    published(record)
    answer = sent(record, date="2019", finding="changed", status="suspended", **words)
    assert "the report of 2020-05 confirms “Active”; correct that one first" in sentences(answer)


def test_others_may_change_anything_else_meanwhile():
    record, client = link(), editor()
    page = client.get(form_page(record))
    record.title_ko = "새 이름"
    editing.save(record, by=entering_editor(), reason="")
    answer = client.post(form_page(record), typed(page, finding="nothing_found"))
    assert answer.status_code == PASSED
    record.refresh_from_db()
    assert (record.title_ko, record.version) == ("새 이름", 3)
    assert len(said(record)) == 2


def test_report_that_somebody_added_meanwhile_is_shown_before_another_is_added():
    """One that is sent twice is recorded once, for the same reason."""
    record, client = link(), editor()
    page = client.get(form_page(record))
    more = {"finding": "nothing_found", "note": "Asked both ministries."}
    assert client.post(form_page(record), typed(page, **more)).status_code == PASSED
    answer = client.post(form_page(record), typed(page, **more))
    assert answer.status_code == SHOWN_AGAIN
    assert "Nothing was saved: edith changed this record at" in sentences(answer)
    assert sentences(answer).count("Asked both ministries.") == 2
    assert len(said(record)) == 2
    assert client.post(form_page(record), typed(answer, **more)).status_code == PASSED
    assert client.post(form_page(record), {**typed(answer, **more), "seen": ""}).status_code == 200


def test_source_that_is_not_on_record_is_entered_with_it():
    record = link()
    new = {
        "new-title": "알리바바, 한국관 개설",
        "new-website": "https://news.example/1",
        "new-published": "2026-01",
        "new-text": "The link was opened.\r\nIt works.",
    }
    more = {"finding": "changed", "status": "active", **new}
    answer = sent(record, quote="The link was closed.", **more)
    assert "does not occur in the kept text" in sentences(answer)
    assert "It works." in sentences(answer)
    assert not Source.objects.exclude(key="report").exists()
    assert sent(record, quote="It works.", **more).status_code == PASSED
    source = Source.objects.exclude(key="report").get()
    assert (source.key, source.title_ko, source.title_en) == (
        f"source-{TODAY}",
        new["new-title"],
        "",
    )
    assert (source.state, source.type, source.published) == ("draft", "news_article", "2026-01")
    assert source.kept_text == "The link was opened.\nIt works."
    assert said(record)[-1][3:] == (source.key, "It works.")


def test_new_source_is_checked_like_any_source():
    record, known = link(), report()
    known.website = "https://news.example/1"
    editing.save(known, by=entering_editor(), reason="")
    base = {"finding": "changed", "status": "active"}
    for values, sentence in (
        ({"new-text": "Words."}, "Write the title of the source."),
        ({"new-title": "T", "new-website": "javascript:alert(1)"}, "https"),
        ({"new-title": "T", "new-published": "soon"}, "soon"),
        (
            {"new-title": "T", "new-website": known.website},
            "is on record already; choose it above.",
        ),
        ({"new-title": "T", "source": known.pk, "quote": QUOTE}, "not both."),
    ):
        answer = sent(record, **base, **values)
        assert (answer.status_code, sentence in sentences(answer)) == (200, True), values
    assert (Source.objects.count(), said(record)) == (1, [FIRST])
    assert sent(record, **base, **{"new-title": "Report"}).status_code == PASSED
    assert said(record)[-1][3] == "report-2"


def test_report_is_taken_back_as_a_new_change_unless_somebody_has_changed_the_record():
    record, client = link(), editor()
    for is_changed in (False, True):
        answer = sent(record, finding="confirmed", source=report().pk, quote=QUOTE)
        done = client.get(answer["Location"]).context["done"]
        if is_changed:
            record.refresh_from_db()
            record.title_ko = "새 이름"
            editing.save(record, by=entering_editor(), reason="")
            assert "Recorded. What comes next?" not in sentences(client.get(answer["Location"]))
        answer = client.post("/admin/desk/initiative/takeback/", {"done": done}, follow=True)
        assert ("Not taken back" in sentences(answer)) is is_changed
        assert (len(said(record)), record.citations.count()) == ((2, 2) if is_changed else (1, 1))
    assert [e.history_change_reason for e in record.history.order_by("version")][
        2
    ] == "Progress taken back"


def test_only_what_was_signed_here_is_taken_back():
    record, client = link(), editor()
    done = client.get(sent(record, finding="nothing_found")["Location"]).context["done"]
    for path, token in (
        ("initiative", "x"),
        ("initiative", done + "x"),
        ("initiative", ""),
        ("fund", done),
    ):
        for ask in (client.get, client.post):
            assert ask(f"/admin/desk/{path}/takeback/", {"done": token}).status_code == 404
    assert len(said(record)) == 2


def test_records_are_found_by_any_of_their_titles():
    link()
    merged = initiative("gone")
    Initiative.objects.filter(pk=merged.pk).update(successor="a-link")
    fund("a-fund", FundStatusReport(date="2015", finding="changed", status="proposed"))
    client = editor()
    start = sentences(client.get("/admin/desk/progress/"))
    assert ("A Link" in start, "A Fund" in start, merged.key in start) == (True, True, False)
    shown = sentences(client.get("/admin/desk/progress/", {"q": "Link 한국어"}))
    assert ("A Link" in shown, "Agreed" in shown, "A Fund" in shown) == (True, True, False)
    assert client.get("/admin/desk/progress/", {"q": "가" * 999}).status_code == 200
    assert client.get(form_page(merged)).status_code == 404


def test_only_those_who_may_change_a_record_report_on_it():
    record, reader = link(), signed_in("rita", "")
    for ask in (reader.get, reader.post):
        assert ask(form_page(record)).status_code == 403
        assert ask("/admin/desk/initiative/takeback/").status_code == 403
    assert "You may not change initiatives or funds" in sentences(
        reader.get("/admin/desk/progress/")
    )
    assert publisher().get(form_page(record)).status_code == 200
