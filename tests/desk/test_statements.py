"""Statements: what their document says, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from cooperation.desk.documents import document
from cooperation.desk.models import Statement, StatementSubject
from tests.desk.records import agreement, engagement, organization, statement, texts

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record():
    said = document(
        statement(
            "a-statement",
            StatementSubject(agreement=agreement("a-treaty")),
            title_at_the_time=texts("chairman of Alibaba Group"),
            organization=organization("alibaba"),
            engagement=engagement("a-meeting"),
            date="2015-01-28",
            words=texts("I agree with you.", "동의합니다."),
            words_editorial=["ko"],
        )
    )
    assert (said["schema"], said["url"]) == ("statement/1", "/statements/a-statement/")
    assert said["speaker"]["key"] == "ma-yun"
    assert said["title_at_the_time"]["en"] == "chairman of Alibaba Group"
    assert (said["organization"]["key"], said["engagement"]["key"]) == ("alibaba", "a-meeting")
    assert said["words"] == {"en": "I agree with you.", "ko": "동의합니다.", "zh-Hans": None}
    assert said["editorial"] == ["words/ko"]
    assert said["original_language"] is None
    assert [(one["kind"], one["key"]) for one in said["subjects"]] == [("agreement", "a-treaty")]


def test_somebody_has_said_it():
    with pytest.raises(ValidationError) as refused:
        Statement(key="nobody", title_en="Nobody").full_clean()
    assert "speaker" in refused.value.error_dict
