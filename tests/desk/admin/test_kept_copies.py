"""The kept copy in the form of a source: uploaded or pasted, replaced, taken away, refused."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cooperation.desk.copies import storing
from cooperation.desk.models import Fund, FundCitation, Source
from cooperation.rules.quotations import comparable
from tests import kept
from tests.contracts.headers import desk_faults
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    add_page,
    change_page,
    editor,
    filled,
    sentences,
    signed_in,
)
from tests.desk.records import saved, texts

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

SCAN = kept.pdf_of(contents=kept.stream(b"q Q"))


@pytest.fixture
def source():
    return saved(Source(key="a-law", title=texts("A law"), type="law", kept_text="Old words."))


@pytest.fixture
def client(source):
    return editor()


def send(client, source, name=None, content=b"", said_to_be="image/png", **values):
    """Save the form as the page shows it, with this file and these values."""
    page = client.get(change_page(source))
    file = {"kept_file": SimpleUploadedFile(name, content, said_to_be)} if name else {}
    answer = client.post(change_page(source), {**filled(page), **values, **file})
    source.refresh_from_db()
    return answer


def stored() -> set[str]:
    """The names of all files that lie in the storage."""
    return set(default_storage.listdir("")[1]) if default_storage.exists("") else set()


@pytest.mark.parametrize("name", kept.INNOCENT)
def test_an_uploaded_file_decides_the_text_and_is_stored_under_a_name_that_nobody_can_guess(
    client, source, name
):
    assert send(client, source, name, kept.INNOCENT[name]).status_code == PASSED
    ending = name.split(".")[1]
    assert re.fullmatch(rf"[0-9a-f]{{32}}\.{ending}", source.kept_path)
    assert comparable(kept.WORDS) in comparable(source.kept_text)
    assert source.kept == {
        "sha256": source.kept_sha256,
        "size": len(kept.INNOCENT[name]),
        "media_type": {"pdf": "application/pdf", "html": "text/html", "txt": "text/plain"}[ending],
    }
    with default_storage.open(source.kept_path) as file:
        assert file.read() == kept.INNOCENT[name]


def test_a_new_source_can_be_made_with_a_file(client):
    page = client.get(add_page("source"))
    values = {
        "title_en": "Another",
        "type": "law",
        "kept_file": SimpleUploadedFile("a.pdf", kept.pdf_of()),
    }
    assert client.post(add_page("source"), {**filled(page), **values}).status_code == PASSED
    assert Source.objects.get(key="another").kept["media_type"] == "application/pdf"


def test_what_was_read_is_shown_beside_a_link_to_the_file(client, source):
    send(client, source, "a.pdf", kept.pdf_of())
    page = sentences(client.get(change_page(source)))
    assert kept.WORDS in page
    assert f'href="{reverse("admin:desk_source_copy", args=[source.pk])}"' in page
    assert send(client, source, reason="Nothing.").status_code == PASSED
    assert (source.version, bool(source.kept_name)) == (2, True)


def test_a_pasted_text_takes_the_place_of_the_file(client, source):
    send(client, source, "a.pdf", kept.pdf_of())
    send(client, source, kept_text="Other words.")
    assert (source.kept_text, source.kept_name) == ("Other words.", "")
    assert source.kept["media_type"] == "text/plain"


def test_a_copy_is_taken_away_and_the_history_still_names_its_file(client, source):
    send(client, source, "a.pdf", kept.pdf_of())
    name, path, digest = source.kept_name, source.kept_path, source.kept_sha256
    send(client, source, **{"kept_file-clear": "on"})
    assert (source.kept, source.kept_text) == (None, "")
    before = Source.history.filter(id=source.pk, kept_name=name).get()
    assert (before.kept_sha256, default_storage.exists(path)) == (digest, True)


def test_the_same_file_again_changes_nothing(client, source):
    send(client, source, "a.pdf", kept.pdf_of())
    name = source.kept_name
    send(client, source, "b.pdf", kept.pdf_of())
    assert (source.kept_name, source.version) == (name, 2)


@pytest.mark.parametrize("left", [None, b"forged"], ids=["gone", "changed"])
def test_a_stored_file_that_is_lost_is_there_again_once_it_is_uploaded_again(client, source, left):
    send(client, source, "a.pdf", kept.pdf_of())
    default_storage.delete(source.kept_path)
    if left:
        default_storage.save(source.kept_path, ContentFile(left))
    send(client, source, "a.pdf", kept.pdf_of())
    assert storing.content_of(source) == kept.pdf_of()


def test_the_text_of_a_scan_is_typed_in_beside_it(client, source):
    send(client, source, "scan.pdf", SCAN, kept_text="")
    assert (source.kept_text, bool(source.kept_name)) == ("", True)
    assert "No text could be read from the file" in sentences(client.get(change_page(source)))
    send(client, source, kept_text="Typed words.")
    assert (source.kept_text, source.kept_typed, bool(source.kept_name)) == (
        "Typed words.",
        True,
        True,
    )
    send(client, source, kept_text="Other typed words.")
    assert (source.kept_text, bool(source.kept_name)) == ("Other typed words.", True)


def test_a_file_and_another_text_together_are_refused(client, source):
    answer = send(client, source, "a.pdf", kept.pdf_of(), kept_text="Other words.")
    assert "Choose a file or paste a text, not both" in sentences(answer)
    assert stored() & {source.kept_path} == set()


def test_a_refused_file_leaves_everything_that_was_typed(client, source):
    before = stored()
    name, content, sentence = kept.HOSTILE["PDF with a script"]
    answer = send(client, source, name, content, title_en="A new title", reason="My reason")
    assert answer.status_code == SHOWN_AGAIN
    page = sentences(answer)
    assert sentence in page
    assert 'value="A new title"' in page
    assert 'value="My reason"' in page
    assert answer.context["adminform"].form.errors.keys() == {"kept_file"}
    assert stored() == before


def test_a_file_beyond_the_limit_is_cut_off_and_the_form_says_so(client, source):
    answer = send(client, source, "a.txt", b"a " * 8_000_000, title_en="A new title")
    assert "The file is larger than 10 MB" in sentences(answer)
    assert 'value="A new title"' in sentences(answer)


def test_more_in_files_than_any_form_sends_is_refused_as_a_whole(source, client, settings):
    settings.KEPT_FILE_SIZE = 100_000
    answer = send(client, source, "a.txt", b"a " * 400_000)
    assert answer.status_code == 400
    assert "More was sent at once than the portal takes." in sentences(answer)


def test_a_harmless_file_beside_another_mistake_is_asked_for_again(client, source):
    before = stored()
    answer = send(client, source, "a.pdf", kept.pdf_of(), website="no address")
    assert answer.status_code == SHOWN_AGAIN
    assert "The file was not kept yet; choose it again" in sentences(answer)
    assert stored() == before


def test_no_file_stays_of_what_is_not_saved(client, source, monkeypatch):
    def fail(*given, **more):
        raise RuntimeError("The power failed.")

    before = stored()
    monkeypatch.setattr("cooperation.desk.editing.touch", fail)
    with pytest.raises(RuntimeError, match="power"):
        send(client, source, "a.pdf", kept.pdf_of())
    assert stored() == before


def test_the_stored_file_is_given_to_staff_as_an_attachment(client, source):
    send(client, source, "a.html", kept.page_of(), said_to_be="text/x-evil")
    answer = client.get(reverse("admin:desk_source_copy", args=[source.pk]))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert answer.content == kept.page_of()
    assert headers["content-type"] == "text/html"
    assert headers["content-disposition"] == 'attachment; filename="a-law.html"'
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert list(desk_faults(headers)) == []


def test_the_stored_file_is_given_to_nobody_who_may_not_see_sources(source, client):
    send(client, source, "a.pdf", kept.pdf_of())
    address = reverse("admin:desk_source_copy", args=[source.pk])
    assert signed_in("nora", "Nobody").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_whoever_may_only_look_sees_the_link_to_the_file(source, client):
    send(client, source, "a.pdf", kept.pdf_of())
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_source"))
    browser = Client()
    browser.force_login(looker)
    page = browser.get(change_page(source))
    assert reverse("admin:desk_source_copy", args=[source.pk]) in sentences(page)
    assert 'type="file"' not in sentences(page)


def test_files_are_readable_by_the_portal_alone():
    assert settings.FILE_UPLOAD_PERMISSIONS == 0o640


def test_editor_is_told_which_records_quote_what_the_new_text_does_not_hold(client, source):
    row = FundCitation(path="title", source=source, quote="Old words.")
    saved(Fund(key="a-fund", title=texts("A fund")), row)
    client.post(
        change_page(source), {**filled(client.get(change_page(source))), "kept_text": "New."}
    )
    said = [str(one) for one in client.get(change_page(source)).context["messages"]]
    assert any("“Old words.” in fund/a-fund" in one for one in said), said
