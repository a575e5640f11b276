"""Money on a page: exact figures, what they come to, and whether a fund adds up."""

import pytest

from cooperation.gazette.presenting import present
from tests.examples import commitment, fund, won

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


def table(page, name):
    return next(table for table in page.tables if table.name == name)


def test_money_is_said_with_its_exact_figure_and_what_it_comes_to():
    converted = {
        "amount": "36900000",
        "currency": "USD",
        "rate": "0.0009225",
        "rate_date": "2015-01-28",
        "source": "Bank of Korea",
    }
    amount = {"amount": "40000000000", "currency": "KRW", "converted": [converted]}
    document = fund(commitments=[{**commitment("a", None, "1"), "amount": amount}])
    value = table(present(document, "en"), "commitments").rows[0].cells[0].values[0]
    assert (value.text, value.machine, value.exact) == (
        "₩40 billion",
        "40000000000",
        "KRW 40,000,000,000",
    )
    assert value.details == (
        "US$36.9 million at 0.0009225 on 28 January 2015 (Bank of Korea)",
        "In Chinese Yuan: unknown",
    )


def test_an_amount_as_printed_keeps_the_words_of_the_source():
    reported = [{"text": "37.1 million dollars", "amount": "37100000", "currency": "USD"}]
    document = fund(commitments=[commitment("a", None, "1", reported_as=reported)])
    (row,) = table(present(document, "en"), "commitments").rows
    value = next(cell for cell in row.cells if cell.name == "reported_as").values[0]
    assert (value.form, value.text, value.exact) == (
        "printed",
        "37.1 million dollars",
        "US$37.1 million",
    )


def test_a_fund_adds_up_before_the_readers_eyes():
    figures = present(fund(), "en").arithmetic
    assert figures.equation == "₩40 billion + ₩40 billion + ₩120 billion = ₩200 billion"
    assert figures.verdict == "The commitments add up to the amount announced."
    assert figures.adds_up
    assert [(share.name, share.start, share.width) for share in figures.shares] == [
        ("government-of-korea", "0.000", "20.000"),
        ("government-of-china", "20.000", "20.000"),
        ("Private sector", "40.000", "60.000"),
    ]


def test_a_fund_that_does_not_add_up_says_by_how_much():
    short = present(fund(difference={"amount": "20000000000", "currency": "KRW"}), "en").arithmetic
    over = present(fund(difference={"amount": "-5", "currency": "KRW"}), "ko").arithmetic
    unclear = present(fund(difference=None), "en").arithmetic
    assert short.verdict == "The commitments fall short of the amount announced by ₩20 billion."
    assert over.verdict == "약정액 합계가 발표 금액을 5원 초과합니다."
    assert unclear.adds_up is None


def test_amounts_in_several_currencies_are_not_summed():
    dollars = {"amount": "5", "currency": "USD", "converted": []}
    document = fund(
        difference=None,
        commitments=[commitment("a", None, "5"), {**commitment("b", None, "1"), "amount": dollars}],
    )
    figures = present(document, "en").arithmetic
    assert (figures.sum, figures.equation) == (None, "")


def in_two_currencies(*converted):
    """A fund with two commitments of 40 billion won and one of 5 million dollars, which were converted so."""
    dollars = {"amount": "5000000", "currency": "USD", "converted": list(converted)}
    parts = [commitment("a", None, "40000000000"), commitment("b", None, "40000000000")]
    third = {**commitment("c", None, "1"), "amount": dollars}
    return fund(difference=None, commitments=[*parts, third])


def test_amounts_in_several_currencies_are_summed_as_converted_with_the_rates_shown():
    rate = {"rate": "1085.3", "rate_date": "2015-01-28", "source": "Bank of Korea"}
    document = in_two_currencies({"amount": "5426500000", "currency": "KRW", **rate})
    for language, words in {
        "en": (
            "₩85,426,500,000",
            "US$5 million = ₩5,426,500,000 at 1085.3 on 28 January 2015 (Bank of Korea)",
        ),
        "ko": (
            "85,426,500,000원",
            "500만 달러 = 5,426,500,000원 (환율 1085.3, 2015년 1월 28일, 출처: Bank of Korea)",
        ),
        "zh-Hans": (
            "85,426,500,000韩元",
            "500万美元 = 5,426,500,000韩元（汇率 1085.3，2015年1月28日，来源：Bank of Korea）",
        ),
    }.items():
        figures = present(document, language).arithmetic
        (value,) = figures.totals[-1].values
        assert (value.text, value.details) == (words[0], (words[1],))
        assert (value.machine, figures.sum) == ("85426500000", None)


def test_sum_of_converted_amounts_is_left_out_where_one_was_not_converted():
    names = [fact.name for fact in present(in_two_currencies(), "en").arithmetic.totals]
    assert "converted" not in names
    assert "converted" not in [fact.name for fact in present(fund(), "en").arithmetic.totals]


def test_what_another_commitment_replaced_does_not_count_twice():
    older = commitment("older", None, "40000000000", contributor_class="government")
    newer = {**older, "id": "newer", "stage": "pledged", "replaces": "older"}
    figures = present(fund(commitments=[older, newer]), "en").arithmetic
    assert figures.equation == "₩40 billion = ₩40 billion"


def test_an_amount_that_is_not_known_leaves_the_sum_to_the_others():
    nameless = {**commitment("a", None, "1"), "amount": None}
    known = {**commitment("b", None, "1"), "amount": won("7")}
    assert present(fund(commitments=[nameless, known]), "en").arithmetic.equation == "₩7 = ₩7"
