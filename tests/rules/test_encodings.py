"""Texts in the encodings of the countries concerned are told apart."""

import pytest

from cooperation.rules.encodings import korean_or_chinese, likely, read

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("한국은행", "cp949"),
        ("한국 정부는 기금을 조성한다. 알리바바 同意", "cp949"),
        ("기획재정부 장관은 알리바바 그룹 회장을 방문하였다.", "cp949"),
        ("国家外汇管理局", "gb18030"),
        ("中国人民银行", "gb18030"),
        ("中国政府与韩国政府签署了协议，阿里巴巴集团参加。", "gb18030"),
    ],
)
def test_korean_and_chinese_are_told_apart(text, encoding):
    data = text.encode(encoding)
    assert korean_or_chinese(data) == encoding
    assert likely(data) == ["utf-8", encoding]
    assert read(data, encoding) == text


def test_what_is_neither_is_taken_for_neither():
    assert korean_or_chinese("Très élégant, où ça ?".encode("latin-1")) is None
    assert likely(b"1085.30") == ["utf-8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_mark_or_its_zeros(encoding):
    data = "date,base".encode(encoding)
    assert likely(data) == ["utf-16"]
    assert read(data, "utf-16") == "date,base"


def test_what_is_no_text_in_an_encoding_is_none():
    assert read(b"\xff\xff", "utf-8") is None
    assert read("한".encode(), "utf-8") == "한"
    assert read(b"\xef\xbb\xbfa", "utf-8") == "a"
