"""Fields of the desk: what they take, what they refuse, and how forms show them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from cooperation.desk.models import (
    Announcement,
    ExchangeRate,
    Initiative,
    Organization,
    OrganizationName,
    Source,
    Target,
)
from tests.desk.records import fund, organization, saved, texts

pytestmark = pytest.mark.django_db


def form(model, fields, data, instance=None):
    return modelform_factory(model, fields=fields)(data, instance=instance)


def test_a_text_is_one_map_over_a_column_for_each_language():
    record = Organization(title={"en": "A", "zh-Hans": "甲"})
    assert (record.title_en, record.title_ko, record.title_zh_hans) == ("A", "", "甲")
    assert record.title == {"en": "A", "ko": None, "zh-Hans": "甲"}
    record.title = {"ko": "가"}
    assert record.title == {"en": None, "ko": "가", "zh-Hans": None}


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\u202eb", "a\nb", "a" * 501])
def test_hidden_characters_second_lines_and_great_lengths_are_refused(text):
    record = Organization(key="a", title=texts(text), type="firm")
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert list(refusal.value.message_dict) == ["title_en"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("founded", "2015-02-30"),
        ("founded", "28.1.2015"),
        ("founded", "2015/2016"),
        ("website", "javascript:alert(1)"),
        ("website", "https://user:secret@example.org/"),
        ("type", "guild"),
        ("country", "XX"),
        ("key", "No Key"),
    ],
)
def test_a_wrong_value_is_refused_under_its_field(field, value):
    record = Organization(**{"key": "a", "title": texts("A"), "type": "firm", field: value})
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize("amount", ["40000000000", "0.00000001", "9" * 30])
def test_an_amount_comes_back_as_exact_as_it_was_given(amount):
    row = Announcement(record=fund(), amount=amount, currency="KRW")
    row.full_clean()
    row.save()
    row.refresh_from_db()
    assert row.amount == Decimal(amount)


@pytest.mark.parametrize("amount", ["1,000", "NaN", "Infinity", "9" * 31, "0.000000001", "4e9"])
def test_an_amount_that_is_not_exact_is_refused(amount):
    row = Announcement(record=fund(), amount=amount, currency="KRW")
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert list(refusal.value.message_dict) == ["amount"]


TYPED_WRONGLY = ["40-50", "US$37.1 million", "1,000", "1e9", "4e", "９", "9" * 31, "0.000000001"]


@pytest.mark.parametrize("typed", TYPED_WRONGLY)
def test_an_amount_that_is_typed_wrongly_is_refused_with_a_sentence_and_shown_again(typed):
    refused = form(Announcement, ["amount"], {"amount": typed}, Announcement(record=fund()))
    assert refused.errors["amount"][0].startswith(("Write an amount in digits", "A figure has"))
    assert f'value="{typed}"' in str(refused["amount"])


@pytest.mark.parametrize("amount", ["9" * 30, "0.00000001", f"{'9' * 22}.{'9' * 8}", "0", " 4 "])
def test_a_form_takes_every_exact_amount_and_shows_it_in_plain_digits(amount):
    row = Announcement(record=fund(), currency="KRW")
    taken = form(Announcement, ["amount"], {"amount": amount}, row)
    assert taken.is_valid()
    taken.save()
    stored = Announcement.objects.get()
    shown = form(Announcement, ["amount"], None, stored)
    assert f'value="{amount.strip()}"' in str(shown["amount"])
    assert not form(Announcement, ["amount"], {"amount": amount}, stored).has_changed()


def test_an_amount_is_typed_as_text_so_that_no_browser_empties_or_rounds_it():
    for model, name in ((Announcement, "amount"), (Target, "amount"), (ExchangeRate, "rate")):
        shown = str(form(model, [name], None)[name])
        assert 'type="text"' in shown
        assert 'inputmode="decimal"' in shown


def test_an_empty_amount_is_unknown_and_that_of_a_rate_is_needed():
    assert form(Announcement, ["amount"], {"amount": " "}).fields["amount"].clean(" ") is None
    assert not form(ExchangeRate, ["rate"], {"rate": " "}).is_valid()


def test_codes_are_refused_when_unknown_or_twice():
    for codes in (["KR", "ZZ"], ["KR", "KR"], "KR", [["KR"]]):
        with pytest.raises(ValidationError):
            Initiative(key="a", title=texts("A"), countries=codes).full_clean()


def test_a_form_shows_codes_to_tick_and_takes_them_back():
    record = saved(Initiative(key="a", title=texts("A"), sectors=["trade"]))
    shown = str(form(Initiative, ["sectors"], None, record)["sectors"])
    assert 'value="trade"' in shown
    assert shown.count("checked") == 1
    unchanged = form(Initiative, ["sectors"], {"sectors": ["trade"]}, record)
    assert not unchanged.has_changed()
    changed = form(Initiative, ["sectors"], {"sectors": ["trade", "culture"]}, record)
    assert changed.is_valid()
    assert changed.save(commit=False).sectors == ["trade", "culture"]


def test_a_form_shows_authors_one_a_line_and_takes_them_back():
    source = saved(Source(title=texts("A"), type="law", authors=["John Choi", "김철수"]))
    shown = form(Source, ["authors"], None, source)
    assert "John Choi\n김철수" in str(shown["authors"])
    same = form(Source, ["authors"], {"authors": "John Choi\r\n 김철수 \r\n\r\n"}, source)
    assert not same.has_changed()
    refused = form(Source, ["authors"], {"authors": "john@example.org"}, source)
    assert not refused.is_valid()


def test_a_form_shows_reported_amounts_one_a_line_and_takes_them_back():
    row = Announcement(record=fund())
    row.reported_as = [{"text": "US$37.1 million", "amount": "37100000", "currency": "USD"}]
    assert "US$37.1 million = 37100000 USD" in str(
        form(Announcement, ["reported_as"], None, row)["reported_as"]
    )
    typed = {"reported_as": "US$37.1 million = 37100000 USD\n1,5 = million = 1500000.50 EUR"}
    taken = form(Announcement, ["reported_as"], typed, row)
    assert taken.is_valid()
    assert taken.cleaned_data["reported_as"] == [
        {"text": "US$37.1 million", "amount": "37100000", "currency": "USD"},
        {"text": "1,5 = million", "amount": "1500000.5", "currency": "EUR"},
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("US$37.1 million", "Line 2: write it as US$37.1 million = 37100000 USD"),
        ("US$37.1 million = 37.1 million USD", "Line 2: write it as"),
        ("US$37.1 million = many USD", "Line 2: Write an amount in digits"),
        ("US$37.1 million = 37100000 QQQ", "Line 2: Give a text, an amount"),
        ("US$37.1 million = -1 USD", "Line 2: Give a text, an amount"),
        (" = 1 USD", "Line 2: write it as"),
    ],
)
def test_a_wrong_reported_amount_is_named_by_its_line(line, sentence):
    given = {"reported_as": f"US$1 = 1 USD\n{line}"}
    refused = form(Announcement, ["reported_as"], given, Announcement(record=fund()))
    assert not refused.is_valid()
    assert refused.errors["reported_as"][0].startswith(sentence)


def test_what_was_typed_wrongly_is_shown_again():
    refused = form(
        Announcement, ["reported_as"], {"reported_as": "<nonsense>"}, Announcement(record=fund())
    )
    assert "&lt;nonsense&gt;" in str(refused["reported_as"])


def test_empty_choices_and_texts_are_kept_as_empty_and_shown_as_null():
    row = OrganizationName(record=organization(), type="alias", text="A")
    row.full_clean()
    row.save()
    row.refresh_from_db()
    assert (row.lang, row.valid_from, row.part_id) == ("", "", "alias")
