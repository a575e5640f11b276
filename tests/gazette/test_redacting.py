"""Removing text from the register on an order."""

import pytest
from django.db import connection

from cooperation.gazette import triggers
from cooperation.gazette.entering import Refusal
from cooperation.gazette.models import Current, Edition, Word
from cooperation.gazette.redacting import redact, still_naming
from cooperation.gazette.verifying import verify
from tests.worlds import publish, reference, sample, texts

pytestmark = pytest.mark.django_db


def test_an_old_edition_is_emptied_while_the_record_stays():
    publish(sample("organization", "a", title=texts("Sentinel")))
    publish(sample("organization", "a", title=texts("Mended")))
    hash_before = Edition.objects.get(number=1).hash
    entered = redact([1], reason="Order of a court.", office="Office")
    assert [(e.number, e.action, e.key, e.reason) for e in entered] == [
        (3, "redacted", "a", "Order of a court. Emptied: №1;")
    ]
    emptied = Edition.objects.get(number=1)
    assert (emptied.document, emptied.hash) == (None, hash_before)
    assert Current.objects.get().pk == 2
    assert list(verify()) == []


def test_a_record_whose_current_edition_is_redacted_is_withdrawn_and_its_words_are_gone():
    publish(sample("organization", "a", title=texts("Sentinel")))
    entered = redact([1], reason="Order of a court.", office="Office")
    assert [e.action for e in entered] == ["withdrawn", "redacted"]
    assert not Current.objects.exists()
    assert not Word.objects.exists()
    assert not any("Sentinel" in (e.document or "") for e in Edition.objects.all())
    assert list(verify()) == []


def test_the_entry_of_each_record_names_the_numbers_that_were_emptied():
    for title in ("First", "Second", "Third"):
        publish(
            sample("organization", "a", title=texts(title)), sample("fund", "f", title=texts(title))
        )
    entered = redact([5, 1, 3, 2], reason="Order of a court.", office="Office")
    assert [(e.action, e.key, e.reason) for e in entered] == [
        ("withdrawn", "a", "Order of a court."),
        ("redacted", "f", "Order of a court. Emptied: №2;"),
        ("redacted", "a", "Order of a court. Emptied: №1; №3; №5;"),
    ]
    assert list(verify()) == []


@pytest.mark.parametrize("reason", ["See №4;", "Order of a court. Emptied: №4; №12;"])
def test_a_reason_that_would_name_numbers_itself_is_refused(reason):
    publish(sample("organization", "a"))
    with pytest.raises(Refusal, match=r"Write “No\. 4” instead of “№4;”"):
        redact([1], reason=reason, office="Office")
    assert Edition.objects.get().document


def test_a_text_still_stands_in_other_editions_of_the_record_and_where_its_title_is_shown():
    publish(sample("organization", "a", title=texts("Sentinel")))
    publish(sample("organization", "b", part_of=reference("organization", "a")))
    publish(sample("organization", "a", title=texts("Mended")))
    assert [f"{e.number} {e.key}" for e in Edition.objects.all()] == ["1 a", "2 b", "3 a", "4 b"]
    redact([1], reason="Order of a court.", office="Office")
    assert still_naming([1]) == [2, 3, 4]
    redact([2], reason="Order of a court.", office="Office")
    assert still_naming([1, 2]) == [3, 4]


def test_who_names_a_record_without_its_title_holds_no_text_of_it():
    publish(sample("organization", "a", title=texts("Sentinel")))
    publish(sample("organization", "b", part_of=reference("organization", "a")))
    publish(sample("fund", "a"), sample("organization", "a-b"))
    redact([1], reason="Order of a court.", office="Office")
    entries = [f"{e.number} {e.action} {e.key}" for e in Edition.objects.filter(number__gt=4)]
    assert entries == ["5 withdrawn a", "6 refreshed b", "7 redacted a"]
    assert still_naming([1]) == [2]


def test_what_was_emptied_is_redacted_again_without_an_entry():
    for title in ("First", "Second"):
        publish(sample("organization", "a", title=texts(title)))
    redact([1], reason="Order of a court.", office="Office")
    assert redact([1], reason="Order of a court.", office="Office") == []
    entered = redact([1, 2], reason="Another order.", office="Office")
    assert [e.reason for e in entered] == ["Another order.", "Another order. Emptied: №2;"]
    assert list(verify()) == []


def test_what_was_emptied_without_an_entry_that_names_it_is_refused():
    for title in ("First", "Second"):
        publish(sample("organization", "a", title=texts(title)))
    redact([2], reason="Order of a court.", office="Office")
    with triggers.lifted(connection):
        Edition.objects.filter(number=1).update(document=None)
    with pytest.raises(Refusal, match="No document stands in edition 1"):
        redact([1, 2], reason="Order of a court.", office="Office")


@pytest.mark.parametrize("numbers", [[], [2], [1, 7]])
def test_numbers_that_hold_no_document_are_refused_and_nothing_is_emptied(numbers):
    publish(sample("organization", "a"))
    with pytest.raises(Refusal, match="No document stands in edition"):
        redact(numbers, reason="Order of a court.", office="Office")
    assert Edition.objects.get().document
