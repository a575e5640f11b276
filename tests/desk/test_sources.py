"""Sources: what their document says, what of the kept copy it says, and what is refused."""

import json

import pytest
from django.core.exceptions import ValidationError

from cooperation.desk.documents import document
from cooperation.desk.models import Source
from tests.desk.records import organization, saved, texts

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record_but_the_kept_text():
    bizwire = organization("korea-bizwire")
    source = saved(
        Source(
            key="a-meeting",
            title=texts("Report on a meeting"),
            title_editorial=["en", "ko"],
            type="news_article",
            publisher=bizwire,
            authors=["John Choi"],
            website="https://example.org/a",
            published="2015-01-29",
            accessed="2026-11",
            language="en",
            kept_text="abc",
        )
    )
    assert document(source) == {
        "schema": "source/1",
        "kind": "source",
        "key": "a-meeting",
        "url": "/sources/a-meeting/",
        "title": {"en": "Report on a meeting", "ko": None, "zh-Hans": None},
        "editorial": ["title/en"],
        "type": "news_article",
        "publisher": {"kind": "organization", "key": "korea-bizwire", "url": None, "title": None},
        "authors": ["John Choi"],
        "website": "https://example.org/a",
        "published": "2015-01-29",
        "accessed": "2026-11",
        "language": "en",
        "rights": "unknown",
        "kept": {
            "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "size": 3,
            "media_type": "text/plain",
        },
        "citations": [],
    }


def test_the_kept_text_is_nowhere_in_the_document():
    source = saved(Source(title=texts("A"), type="law", kept_text="SENTINEL"))
    assert "SENTINEL" not in json.dumps(document(source))


def test_without_a_kept_copy_the_document_says_null():
    assert document(saved(Source(title=texts("A"), type="law")))["kept"] is None


def test_an_e_mail_address_among_the_authors_is_refused():
    source = Source(title=texts("A"), type="law", authors=["John Choi (john@example.org)"])
    with pytest.raises(ValidationError, match="an e-mail address is not published"):
        source.full_clean()
