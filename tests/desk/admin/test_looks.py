"""The preview: the public page of a record as it would look, for those at the desk alone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cooperation.desk import editing
from cooperation.desk.models import Participant
from tests.desk.admin.filling import change_page, editor, sentences, signed_in
from tests.desk.records import editor as entering_editor
from tests.desk.records import initiative, organization, published, report, texts

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def look(client, record, language="en"):
    address = change_page(record).replace("/change/", "/look/")
    return client.get(address, {"language": language})


def test_preview_shows_what_is_not_public_yet_in_the_language_asked_for():
    drafted = organization("newcomer", title=texts("Newcomer", "새 기관", "新机构"))
    record = initiative("a", Participant(organization=drafted, role="proposer"))
    record.summary_en, record.summary_ko = "Not public.", "아직 공개되지 않았습니다."
    editing.save(record, by=entering_editor(), reason="")
    english, korean = (sentences(look(editor(), record, one)) for one in ("en", "ko"))
    assert '<html lang="ko">' in korean
    assert ("Not public." in english, "아직 공개되지 않았습니다." in korean) == (True, True)
    assert ("Newcomer" in english, "새 기관" in korean) == (True, True)
    assert "Preview – this is not public." in english


def test_preview_is_kept_by_no_cache_and_found_by_no_stranger():
    record = organization("a")
    published(report(), record)
    answer = look(editor(), record)
    assert "no-store" in answer["Cache-Control"]
    assert look(Client(), record).status_code == 302
    assert look(signed_in("somebody", "Nobody"), record).status_code == 403
    assert Client().get("/organizations/a/look/").status_code == 404


def test_preview_asks_the_same_of_the_database_however_much_the_record_says():
    few = initiative("few", Participant(organization=organization("o-0"), role="proposer"))
    rows = [Participant(organization=organization(f"o-{n}"), role="proposer") for n in range(1, 9)]
    many = initiative("many", *rows)
    client, counts = editor(), []
    look(client, few)  # the first request of a session costs more
    for record in (few, many):
        with CaptureQueriesContext(connection) as asked:
            assert look(client, record).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
