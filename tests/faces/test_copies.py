"""The kept copy of a source in public: given only where its rights allow, and then as an attachment."""

from __future__ import annotations

import hashlib

import pytest

from cooperation.gazette.models import Copy
from tests.contracts.headers import policy_faults
from tests.contracts.sweeping import ask
from tests.kept import COPY, INNOCENT, open_source
from tests.worlds import merge, publish, sample, withdraw

pytestmark = pytest.mark.django_db

ADDRESS = "/sources/a-law/copy/"
PAGE = "/sources/a-law/"


def kept(media_type, content=COPY):
    """What a document says of a copy of that type."""
    digest = hashlib.sha256(content).hexdigest()
    return {"sha256": digest, "size": len(content), "media_type": media_type}


@pytest.mark.parametrize("rights", ["open_licence", "public_domain"])
def test_a_copy_that_anybody_may_have_is_given_as_an_attachment(client, rights):
    open_source("a-law", rights=rights)
    answer = ask(client, ADDRESS)
    assert (answer.status, answer.body) == (200, COPY)
    assert answer.header("content-type") == "text/plain"
    assert answer.header("content-disposition") == 'attachment; filename="a-law.txt"'
    assert answer.header("content-security-policy") == "default-src 'none'; sandbox"
    assert list(policy_faults(dict(answer.headers))) == []
    assert answer.header("cache-control") == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("name", "media_type"), [("report.pdf", "application/pdf"), ("report.html", "text/html")]
)
def test_type_and_name_are_those_of_the_document_whatever_the_file_was_called(
    client, name, media_type
):
    content = INNOCENT[name]
    open_source("a-law", content, kept=kept(media_type, content))
    answer = ask(client, ADDRESS)
    assert (answer.header("content-type"), answer.body) == (media_type, content)
    assert f'filename="a-law.{name.split(".")[1]}"' in (answer.header("content-disposition") or "")


def test_the_licence_of_the_portal_is_not_claimed_for_what_others_wrote(client):
    open_source("a-law")
    assert ask(client, ADDRESS).header("link") is None
    assert ask(client, PAGE).header("link") is not None


def test_whoever_has_the_copy_already_is_told_so_and_head_is_answered(client):
    open_source("a-law")
    first = ask(client, ADDRESS)
    again = ask(client, ADDRESS, **{"if-none-match": first.header("etag") or ""})
    assert (again.status, again.body, again.queries) == (304, b"", 1)
    head = ask(client, ADDRESS, "HEAD")
    assert (head.status, head.body, head.header("content-length")) == (200, b"", str(len(COPY)))


def test_the_page_of_the_source_leads_to_it_in_every_language(client):
    open_source("a-law")
    for prefix in ("", "/ko", "/zh-hans"):
        assert f'href="{prefix}{ADDRESS}"' in ask(client, f"{prefix}{PAGE}").text
        assert ask(client, f"{prefix}{ADDRESS}").body == COPY


def test_the_page_says_the_same_until_the_register_changes(client):
    """What the page shows follows from its document alone, as its validator does."""
    open_source("a-law")
    before = ask(client, PAGE)
    Copy.objects.all().delete()
    assert ask(client, PAGE).body == before.body


@pytest.mark.parametrize(("language", "said"), [("ko", "ko"), (None, None)])
def test_a_copy_is_said_to_be_in_its_own_language_if_in_any(client, language, said):
    open_source("a-law", language=language)
    assert ask(client, f"/zh-hans{ADDRESS}").header("content-language") == said


@pytest.mark.parametrize("rights", ["unknown", "all_rights_reserved", None])
def test_a_copy_that_nobody_may_have_is_answered_as_one_that_is_not_there(client, rights):
    open_source("a-law", rights=rights)
    publish(sample("source", "another", rights="public_domain"))
    assert Copy.objects.count() == 0
    answers = {
        key: ask(client, f"/sources/{key}/copy/") for key in ("a-law", "another", "never-was")
    }
    bodies = {answer.body.replace(key.encode(), b"") for key, answer in answers.items()}
    assert ([answer.status for answer in answers.values()], len(bodies)) == ([404] * 3, 1)
    assert "copy/" not in ask(client, PAGE).text


def test_a_copy_is_given_no_more_once_its_rights_are_narrowed(client):
    open_source("a-law")
    open_source("a-law", rights="all_rights_reserved")
    assert ask(client, ADDRESS).status == 404
    assert Copy.objects.count() == 0


def test_a_row_left_behind_is_not_given_either(client):
    """The face goes by the current document, and by the hash, not by what lies in the table."""
    open_source("a-law")
    row = Copy.objects.get()
    open_source("a-law", rights="unknown")
    row.save(force_insert=True)
    assert ask(client, ADDRESS).status == 404


def test_bytes_that_were_changed_in_the_table_are_not_given(client):
    open_source("a-law")
    Copy.objects.update(content=b"<script>alert(1)</script>")
    assert ask(client, ADDRESS).status == 404


def test_a_withdrawn_source_is_gone_with_its_copy(client):
    open_source("a-law")
    withdraw("source", "a-law")
    assert ask(client, ADDRESS).status == 410
    assert Copy.objects.count() == 0


def test_a_merged_source_leads_to_the_copy_of_the_other(client):
    open_source("a-law")
    open_source("the-law")
    merge("source", "a-law", "the-law")
    answer = ask(client, ADDRESS)
    assert (answer.status, answer.header("location")) == (301, "/sources/the-law/copy/")
    assert Copy.objects.get().pk == "the-law"


def test_no_copy_is_given_as_it_stood_once(client):
    open_source("a-law")
    assert ask(client, f"{ADDRESS}?as_of=2015-01-01").status == 404
