"""Two points of a history side by side, and the way back to one, as people at the desk see them."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cooperation.desk import editing
from cooperation.desk.models import Commitment, Fund
from tests.desk.admin.filling import PASSED, SHOWN_AGAIN, change_page, signed_in
from tests.desk.records import cite, fund, organization, published, texts

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

PURPOSE = "The fund buys films from both countries and pays for their subtitles."


def compare_page(record, query=""):
    return reverse("admin:desk_fund_compare", args=[record.pk]) + query


def restore_page(record, query=""):
    return reverse("admin:desk_fund_restore", args=[record.pk]) + query


def looker():
    """Somebody who may look at funds and change none."""
    client = signed_in("vera")
    vera = User.objects.get(username="vera")
    vera.groups.clear()
    vera.user_permissions.add(Permission.objects.get(codename="view_fund"))
    return client


def a_changed_fund():
    """A fund after two changes: of a word and an amount, then of the order, with a row removed."""
    rows = [
        Commitment(part_id=key, contributor=organization(key), stage="pledged")
        for key in ("korea", "china", "japan")
    ]
    record = fund("a", *rows, purpose=texts(PURPOSE))
    record.purpose = texts(PURPOSE.replace("films", "books"))
    korea = record.commitments.get(part_id="korea")
    korea.stage = "paid"
    editing.save(record, by=None, reason="Read again.", parts=[korea])
    japan, china = (record.commitments.get(part_id=key) for key in ("japan", "china"))
    china.position = 0
    editing.save(record, by=None, reason="Japan withdrew.", parts=[china], removed=[japan])
    return record


def told(page):
    return [
        (c.label, [v.text for v in c.before], [v.text for v in c.after])
        for c in page.context["changes"]
    ]


def sent(client, record, **more):
    values = {"point": 1, "version": record.version, "reason": "Japan is back.", **more}
    return client.post(restore_page(record), values)


def test_two_points_are_compared_field_by_field_part_by_part_and_word_by_word():
    record = a_changed_fund()
    page = looker().get(compare_page(record, "?from=1&to=2"))
    assert told(page) == [
        ("Purpose › English", [PURPOSE], [PURPOSE.replace("films", "books")]),
        ("Contributions › Korea › Stage", ["Pledged"], ["Paid"]),
    ]
    assert "buys <del>films</del> from" in page.text
    assert "buys <ins>books</ins> from" in page.text
    page = looker().get(compare_page(record))
    assert [label for label, _before, _after in told(page)] == [
        "Contributions › Japan",
        "Contributions › Order",
    ]
    assert told(page)[1][1:] == (["Korea", "China"], ["China", "Korea"])
    assert "Japan withdrew." in page.text
    assert "Restore this point" not in page.text


def test_points_may_be_named_in_either_order_and_one_alone_differs_in_nothing():
    record = a_changed_fund()
    client = looker()
    forth, back = (client.get(compare_page(record, q)) for q in ("?from=1&to=3", "?from=3&to=1"))
    assert told(forth) == told(back) != []
    page = client.get(compare_page(record, "?from=2&to=2"))
    assert "The record says the same at both points." in page.text


@pytest.mark.parametrize("version", ["0", "4", "-1", "x", "9" * 30, "²", "%00", "2.0"])
def test_a_point_that_never_was_is_not_found(version):
    record = a_changed_fund()
    client = signed_in("edith")
    assert client.get(compare_page(record, f"?from={version}")).status_code in (400, 404)
    assert client.get(restore_page(record, f"?point={version}")).status_code in (400, 404)


def test_the_history_offers_each_change_for_comparison_and_restoring():
    record = a_changed_fund()
    published(record, *[row.contributor for row in record.commitments.all()])
    history = change_page(record).replace("change", "history")
    page = signed_in("edith").get(history)
    offered = [entry.version for entry in page.context["page"] if entry.is_change]
    assert offered == [3, 2, 1]
    assert page.text.count("Restore this point…") == 2
    assert f'href="{restore_page(record)}?point=2"' in page.text
    assert "Restore this point" not in looker().get(history).text
    Fund.objects.filter(pk=record.pk).update(successor="b")
    assert "Restore this point" not in signed_in("edith").get(history).text


def test_restoring_shows_what_would_change_asks_why_and_is_in_the_history():
    record = a_changed_fund()
    client = signed_in("edith")
    page = client.get(restore_page(record, "?point=1"))
    assert [label for label, _before, _after in told(page)] == [
        "Purpose › English",
        "Contributions › Korea › Stage",
        "Contributions › Japan",
        "Contributions › Order",
    ]
    answer = sent(client, record)
    assert (answer.status_code, answer.url) == (PASSED, change_page(record))
    shown = client.get(answer.url)
    assert "Restored as it stood at version 1; this is version 4 now." in shown.text
    assert f"{compare_page(record)}?from=3&amp;to=4" in shown.text
    history = client.get(change_page(record).replace("change", "history"))
    newest = history.context["page"][0]
    assert (newest.version, str(newest.by)) == (4, "edith")
    assert newest.reason == "Restored as it stood at version 1: Japan is back."
    added = "Contribution “japan”"
    assert [change.label for change in newest.changes if "japan" in change.label] == [added]
    assert "Only" not in client.get(compare_page(record, "?from=1&to=4")).text


def test_without_a_reason_or_with_an_unfit_one_nothing_is_restored():
    record = a_changed_fund()
    client = signed_in("edith")
    for reason, sentence in [
        ("", "Say why it is restored"),
        (" ", "Say why it is restored"),
        ("x" * 501, "longer than 500"),
        ("a\x00b", "control character"),
        ("a\nb", "on one line"),
    ]:
        page = sent(client, record, reason=reason)
        assert page.status_code == SHOWN_AGAIN
        assert sentence in page.text
    record.refresh_from_db()
    assert record.version == 3


def test_restoring_what_somebody_changed_meanwhile_is_refused_and_shown_anew():
    record = a_changed_fund()
    client = signed_in("edith")
    for version in (2, "", "x", "9" * 30):
        page = sent(client, record, version=version)
        assert page.status_code == SHOWN_AGAIN
        assert "Nothing was restored" in page.text
        assert "Japan is back." in page.text
    record.refresh_from_db()
    assert record.version == 3


def test_what_cannot_be_restored_is_named_before_and_no_button_is_offered():
    gone = organization("gone")
    record = fund("a", manager=gone)
    record.manager = None
    editing.save(record, by=None, reason="")
    gone.delete()
    client = signed_in("edith")
    for page in (client.get(restore_page(record, "?point=1")), sent(client, record)):
        assert page.status_code == SHOWN_AGAIN
        assert "Gone (organization gone) has been deleted since" in page.text
        assert 'name="reason"' not in page.text
    assert "nothing was changed" not in client.get(restore_page(record, "?point=1")).text


def test_a_key_that_another_record_has_by_now_is_named_before():
    record = fund("a")
    record.key = "b"
    editing.save(record, by=None, reason="")
    fund("a")
    page = signed_in("edith").get(restore_page(record, "?point=1"))
    assert page.context["refusals"] == ["Key: Fund with this Key already exists."]
    assert 'name="reason"' not in page.text


def test_where_both_points_say_the_same_nothing_is_asked():
    record = a_changed_fund()
    sent(signed_in("edith"), record)
    page = signed_in("edith").get(restore_page(record, "?point=1"))
    assert "The record says the same at both points." in page.text
    assert 'name="reason"' not in page.text


def test_a_citation_that_changed_shows_the_words_that_differ():
    record = fund("a", cite("purpose", quote="The fund buys films."))
    row = record.citations.get(path="purpose")
    row.quote = "The fund buys books."
    editing.save(record, by=None, reason="", parts=[row])
    page = looker().get(compare_page(record))
    assert [c.label for c in page.context["changes"]] == ["Sources and quotations › Purpose"]
    assert "<dt>Quotation</dt>" in page.text
    assert "buys <del>films</del>." in page.text
    assert "buys <ins>books</ins>." in page.text


def test_a_merged_record_is_not_restored():
    record = a_changed_fund()
    Fund.objects.filter(pk=record.pk).update(successor="b")
    client = signed_in("edith")
    assert 'name="reason"' not in client.get(restore_page(record, "?point=1")).text
    assert "was merged into another" in sent(client, record).text
    record.refresh_from_db()
    assert record.version == 3


def test_who_may_only_look_restores_nothing():
    record = a_changed_fund()
    assert looker().get(restore_page(record, "?point=1")).status_code == 403
    assert sent(looker(), record).status_code == 403


def test_comparing_costs_the_same_however_long_the_history_is():
    record = a_changed_fund()
    client = looker()
    client.get(compare_page(record))
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert len(told(client.get(compare_page(record, "?from=1&to=2")))) == 2
        costs.append(len(asked))
        for step in range(4):
            row = cite(f"commitments/{step}")
            editing.save(record, by=None, reason="", parts=[row])
    assert costs[0] == costs[1] <= 36


def test_a_firm_is_compared_and_restored_among_the_firms():
    record = organization("a")
    record.title_en = "B"
    editing.save(record, by=None, reason="")
    client = signed_in("edith")
    page = reverse("admin:desk_firm_compare", args=[record.pk])
    assert told(client.get(page)) == [("Title › English", ["A"], ["B"])]
    values = {"point": 1, "version": 2, "reason": "It was right."}
    answer = client.post(page.replace("compare", "restore"), values)
    assert answer.url == change_page(record, "firm")
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("A", 3)
