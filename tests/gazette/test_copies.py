"""Copies of sources in the gazette: those that the current documents name, and no others."""

from __future__ import annotations

import pytest
from django.db import transaction

from cooperation.gazette import copies
from cooperation.gazette.copies import Another
from cooperation.gazette.entering import Act
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import Copy, Edition
from cooperation.gazette.redacting import redact
from cooperation.gazette.verifying import verify
from tests.kept import COPY, open_source
from tests.worlds import act, publish, reference, sample

pytestmark = pytest.mark.django_db


def test_bytes_that_the_document_does_not_name_are_refused():
    document = open_source("a-law")
    other = {**document, "type": "law"}
    with pytest.raises(Another, match="not the one that its document names"), transaction.atomic():
        act(Act(Edition.Action.PUBLISHED, "source", "a-law", other, copy=lambda: b"other"))
    assert Edition.objects.count() == 1
    assert bytes(Copy.objects.get().content) == COPY


def test_bytes_that_nobody_may_have_are_not_even_read():
    def read() -> bytes:
        raise AssertionError("It was read.")

    kept = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain"}
    closed = sample("source", "a-law", rights="all_rights_reserved", kept=kept)
    act(Act(Edition.Action.PUBLISHED, "source", "a-law", closed, copy=read))
    assert Copy.objects.count() == 0


def test_a_copy_comes_to_a_source_that_was_public_before_without_a_new_edition():
    document = open_source("a-law")
    Copy.objects.all().delete()
    open_source("a-law")
    assert Edition.objects.count() == 1
    assert copies.content(document) == COPY


def test_verifying_names_a_copy_that_is_lacking():
    open_source("a-law")
    Copy.objects.all().delete()
    assert [sentence[:56] for sentence in verify()] == [
        "The copy of source/a-law, which anybody may have, is not"
    ]


def test_what_refreshes_or_indexes_the_source_anew_leaves_the_copy():
    publish(sample("organization", "a-ministry"))
    open_source("a-law", publisher=reference("organization", "a-ministry"))
    publish(sample("organization", "a-ministry", title={"en": "B", "ko": None, "zh-Hans": None}))
    assert Edition.objects.filter(action="refreshed", key="a-law").exists()
    reindex()
    assert Copy.objects.count() == 1
    assert list(verify()) == []


def test_a_redacted_source_loses_its_copy():
    open_source("a-law")
    with transaction.atomic():
        redact([1], reason="An order.", office="Office of Tests")
    assert Copy.objects.count() == 0
    assert list(verify()) == []


def test_verifying_names_a_copy_that_was_changed():
    open_source("a-law")
    Copy.objects.update(content=b"forged")
    assert [sentence[:38] for sentence in verify()] == ["The copy of source/a-law was changed; "]


def test_verifying_names_a_copy_that_nobody_may_have():
    open_source("a-law")
    row = Copy.objects.get()
    open_source("a-law", rights="unknown")
    row.save(force_insert=True)
    assert "is not one that its current document lets anybody have" in next(verify())
