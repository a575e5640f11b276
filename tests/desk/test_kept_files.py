"""Kept files after the form: quotations checked against them, published where rights allow, redacted."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from cooperation.desk import editing
from cooperation.desk.checks import findings
from cooperation.desk.copies.examining import examined
from cooperation.desk.copies.storing import keep, part_with
from cooperation.desk.models import Organization, Source
from cooperation.desk.publishing import Refused, publish, redact, withdraw
from cooperation.gazette.models import Copy, Edition
from tests import kept
from tests.contracts.sweeping import ask
from tests.desk.records import editor, in_all_languages, organization, publisher, saved

pytestmark = pytest.mark.django_db


def source(
    name="report.pdf", content=kept.INNOCENT["report.pdf"], rights="public_domain", **values
):
    """The source that everything here cites, with a kept file."""
    made = Source(
        key="report", title=in_all_languages("Report"), type="law", rights=rights, **values
    )
    keep(made, examined(name, content))
    return saved(made)


def published(*records):
    return publish(records, by=publisher(), reason="Agreed in a test.", confirmed="all")


def citing(quote):
    """An organization whose citation quotes these words of the source."""
    made = organization("alibaba-group")
    citation = made.citations.get()
    citation.quote = quote
    editing.save(made, by=editor(), reason="", parts=[citation])
    return made


@pytest.mark.parametrize("name", kept.INNOCENT)
def test_a_quotation_of_the_file_is_found_and_a_wrong_one_is_refused(name):
    report = source(name, kept.INNOCENT[name])
    right = citing("two countries will offer 40 billion")
    with pytest.raises(Refused, match="does not occur in the kept text"):
        published(report, citing_instead(right, "two countries will offer 50 billion"))
    published(report, citing_instead(right, "two countries will offer 40 billion"))
    assert Organization.objects.get().state == "published"


def test_without_the_words_of_the_file_a_wrong_quotation_goes_public():
    """The control: what is read from the file is what the quotation is held against."""
    report = source()
    Source.objects.update(kept_text="")
    report.refresh_from_db()
    published(report, citing("two countries will offer 50 billion"))
    assert Organization.objects.get().state == "published"


def citing_instead(record, quote):
    citation = record.citations.get()
    citation.quote = quote
    record.refresh_from_db()
    editing.save(record, by=editor(), reason="", parts=[citation])
    return record


def test_a_copy_without_the_words_that_public_records_quote_is_asked_about():
    report = source()
    published(report, citing("two countries will offer 40 billion"))
    for name, content, asked in (
        ("b.txt", kept.INNOCENT["report.txt"], []),
        ("c.txt", b"Else.", [1]),
    ):
        report.refresh_from_db()
        keep(report, examined(name, content))
        editing.save(report, by=editor(), reason="Another copy.")
        said = [one.sentence for one in findings([report]) if one.code == "quotations-lost"]
        assert len(said) == len(asked)
    assert (
        "quotations of it in public records that do not occur in its kept text: 1, such as "
        "“two countries will offer 40 billion” in organization/alibaba-group;" in said[0]
    )
    withdraw([Organization.objects.get()], by=publisher(), reason="Gone.")
    assert "quotations-lost" not in {one.code for one in findings([report])}


def test_a_file_without_text_asks_for_the_text():
    scan = source("scan.pdf", kept.pdf_of(contents=kept.stream(b"q Q")))
    with pytest.raises(Refused, match="no text could be read from its kept file"):
        publish([scan], by=publisher(), reason="Agreed in a test.")


@pytest.mark.parametrize("rights", ["open_licence", "public_domain"])
def test_the_file_goes_with_the_publication_where_its_rights_allow(client, rights):
    published(source(rights=rights))
    answer = ask(client, "/sources/report/copy/")
    assert (answer.status, answer.body) == (200, kept.INNOCENT["report.pdf"])
    assert answer.header("content-type") == "application/pdf"


def test_a_pasted_text_goes_too(client):
    published(
        saved(
            Source(
                key="report",
                title=in_all_languages("R"),
                type="law",
                rights="public_domain",
                kept_text="가나다",
            )
        )
    )
    assert ask(client, "/sources/report/copy/").body.decode() == "가나다"


@pytest.mark.parametrize("rights", ["unknown", "all_rights_reserved"])
def test_it_stays_at_the_desk_where_they_do_not(client, rights):
    published(source(rights=rights))
    assert Copy.objects.count() == 0
    assert ask(client, "/sources/report/copy/").status == 404


def test_another_copy_is_not_public_before_it_is_published(client):
    report = source()
    published(report)
    keep(report, examined("a.txt", b"A secret."))
    editing.save(report, by=editor(), reason="")
    assert ask(client, "/sources/report/copy/").body == kept.INNOCENT["report.pdf"]
    published(report)
    assert ask(client, "/sources/report/copy/").body == b"A secret."


def test_rights_that_are_narrowed_and_published_take_it_back(client):
    report = source()
    published(report)
    report.rights = "all_rights_reserved"
    editing.save(report, by=editor(), reason="")
    assert ask(client, "/sources/report/copy/").status == 200
    published(report)
    assert (ask(client, "/sources/report/copy/").status, Copy.objects.count()) == (404, 0)


def test_withdrawing_takes_it_back(client):
    report = source()
    published(report)
    withdraw([report], by=publisher(), reason="An error.")
    assert (ask(client, "/sources/report/copy/").status, Copy.objects.count()) == (410, 0)


def test_a_file_that_was_changed_in_the_storage_is_not_published():
    report = source()
    default_storage.delete(report.kept_path)
    with pytest.raises(Refused, match="the stored file of its kept copy is gone"):
        published(report)
    with default_storage.open(report.kept_path, "wb") as file:
        file.write(b"forged")
    with pytest.raises(Refused, match="is gone or was changed"):
        published(report)


def redacted(number, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        redact([number], by=publisher(), reason="An order of a court.")


def test_redacting_removes_the_files_that_the_history_names(django_capture_on_commit_callbacks):
    report = source()
    path = report.kept_path
    published(report)
    report.refresh_from_db()
    part_with(report)
    report.kept_text = ""
    editing.save(report, by=editor(), reason="Ordered.")
    redacted(Edition.objects.first().pk, django_capture_on_commit_callbacks)
    assert not default_storage.exists(path)
    assert Copy.objects.count() == 0
    history = Source.history.filter(id=report.pk)
    assert set(history.values_list("kept_text", "kept_name", "kept_sha256")) == {("", "", "")}


def test_the_copy_that_the_source_still_keeps_goes_once_an_editor_has_removed_it(
    django_capture_on_commit_callbacks,
):
    report = source()
    path = report.kept_path
    published(report)
    number = Edition.objects.first().pk
    redacted(number, django_capture_on_commit_callbacks)
    report.refresh_from_db()
    assert default_storage.exists(report.kept_path)
    part_with(report)
    report.kept_text = ""
    editing.save(report, by=editor(), reason="Ordered.")
    redacted(number, django_capture_on_commit_callbacks)
    assert not default_storage.exists(path)
    assert not Source.history.filter(id=report.pk).exclude(kept_name="").exists()


def test_a_redaction_that_fails_removes_nothing():
    report = source()
    published(report)
    part_with(report)
    editing.save(report, by=editor(), reason="")
    with transaction.atomic():
        redact([Edition.objects.first().pk], by=publisher(), reason="An order.")
        transaction.set_rollback(True)
    assert default_storage.exists(Source.history.exclude(kept_name="").first().kept_name + ".pdf")
