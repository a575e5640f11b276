"""Money on a page: exact figures, what they come to, and whether a fund adds up."""

import pytest
from django.template.loader import render_to_string

from cooperation.gazette.presenting import present
from tests.examples import commitment, fund, won

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


def table(page, name):
    return next(table for table in page.tables if table.name == name)


NO_TOTALS = dict.fromkeys(fund()["totals"])


def ledger(document, language="en"):
    """The figures of a fund in its one currency."""
    (only,) = present(document, language).arithmetic.ledgers
    return only


def drawn(document):
    """Each stage with what is written beside its bar, and where its pieces begin and how wide they are."""
    return {
        bar.label: (
            bar.amount.text if bar.amount else bar.missing,
            bar.share,
            [(piece.start, piece.width) for piece in bar.pieces],
        )
        for bar in ledger(document).bars
    }


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


def test_what_is_still_only_proposed_is_said_beside_what_was_paid():
    paid = commitment("a", "a", "40000000000", stage="paid")
    document = fund(commitments=[paid, commitment("b", "b", "160000000000")])
    assert present(document, "en").arithmetic.doubts == ("Still only proposed: ₩160 billion.",)


def test_what_is_too_narrow_for_its_number_is_named_beside_its_bar():
    """Nobody has to tell colours apart to know whose piece it is."""
    figures = (("little", "1"), ("much", "96"), ("few", "3"))
    document = fund(commitments=[commitment(key, key, f"{n}000000000") for key, n in figures])
    (bar,) = (bar for bar in ledger(document).bars if bar.name == "proposed")
    assert [piece.is_numbered for piece in bar.pieces] == [False, True, False]
    assert bar.narrow == "1, 3"
    figure = {"ledger": ledger(document)}
    assert "narrow: 1, 3" in render_to_string("record/ledger.html", figure)


def test_a_fund_adds_up_before_the_readers_eyes():
    figures = present(fund(), "en").arithmetic
    assert ledger(fund()).equation == "₩40 billion + ₩40 billion + ₩120 billion = ₩200 billion"
    assert figures.verdict == "The contributions add up to the amount announced."
    assert figures.adds_up
    lines = [(line.number, line.name, line.share) for line in ledger(fund()).lines]
    assert lines == [
        (1, "government-of-korea", "20%"),
        (2, "government-of-china", "20%"),
        (3, "Private sector", "60%"),
    ]


def test_every_stage_is_drawn_against_what_was_announced_even_when_nothing_is_recorded():
    nothing = ("None recorded", "", [])
    assert drawn(fund()) == {
        "Announced": ("₩200 billion", "", [("0.000", "100.000")]),
        "Proposed": (
            "₩200 billion",
            "100%",
            [("0.000", "20.000"), ("20.000", "20.000"), ("40.000", "60.000")],
        ),
        "Pledged": nothing,
        "Committed": nothing,
        "Paid": nothing,
        "Allocated": nothing,
    }
    assert present(fund(), "en").arithmetic.doubts == (
        "All of it is only proposed: nothing is recorded as pledged, committed or paid.",
    )


def test_a_millionth_is_still_seen_and_what_is_negative_goes_the_other_way():
    parts = [
        commitment("much", None, "-200000000000", stage="pledged"),
        commitment("little", None, "200000", stage="paid"),
        commitment("none", None, "0", stage="committed"),
    ]
    bars = drawn(fund(commitments=parts))
    assert bars["Announced"][2] == [("50.000", "50.000")]
    assert bars["Pledged"] == ("-₩200 billion", "-100%", [("0.000", "50.000")])
    assert bars["Paid"] == ("₩200,000", "< 0.1%", [("50.000", "0.400")])
    assert bars["Committed"] == ("₩0", "0%", [("50.000", "0.000")])


def test_a_fund_that_does_not_add_up_says_by_how_much():
    short = present(fund(difference={"amount": "20000000000", "currency": "KRW"}), "en").arithmetic
    over = present(fund(difference={"amount": "-5", "currency": "KRW"}), "ko").arithmetic
    unclear = present(fund(difference=None), "en").arithmetic
    assert short.verdict == "The contributions fall short of the amount announced by ₩20 billion."
    assert over.verdict == "출연액 합계가 발표 금액을 5원 초과합니다."
    assert unclear.adds_up is None


def test_amounts_in_several_currencies_are_not_summed():
    dollars = {"amount": "5", "currency": "USD", "converted": []}
    document = fund(
        difference=None,
        commitments=[commitment("a", None, "5"), {**commitment("b", None, "1"), "amount": dollars}],
    )
    figures = present(document, "en").arithmetic
    assert [one.equation for one in figures.ledgers] == ["₩5 = ₩5", "US$5 = US$5"]
    assert [one.bars[1].missing for one in figures.ledgers] == ["", ""]
    assert figures.doubts[0] == (
        "The figures are in several currencies (South Korean Won, US Dollar); each is added up by itself."
    )
    assert figures.converted is None


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
            "₩85,426.5 million",
            "US$5 million = ₩5,426.5 million at 1085.3 on 28 January 2015 (Bank of Korea)",
        ),
        "ko": (
            "854억 2,650만 원",
            "500만 달러 = 54억 2,650만 원 (환율 1085.3, 2015년 1월 28일, 출처: Bank of Korea)",
        ),
        "zh-Hans": (
            "854.265亿韩元",
            "500万美元 = 54.265亿韩元（汇率 1085.3，2015年1月28日，来源：Bank of Korea）",
        ),
    }.items():
        figures = present(document, language).arithmetic
        (value,) = figures.converted.values
        assert (value.text, value.details) == (words[0], (words[1],))
        assert value.machine == "85426500000"


def test_sum_of_converted_amounts_is_left_out_where_one_was_not_converted():
    assert present(in_two_currencies(), "en").arithmetic.converted is None
    assert present(fund(), "en").arithmetic.converted is None


def test_what_another_commitment_replaced_does_not_count_twice():
    older = commitment("older", None, "40000000000", contributor_class="government")
    newer = {**older, "id": "newer", "stage": "pledged", "replaces": "older"}
    assert ledger(fund(commitments=[older, newer])).equation == "₩40 billion = ₩40 billion"


def test_an_amount_that_is_not_known_leaves_the_sum_to_the_others():
    nameless = {**commitment("a", None, "1"), "amount": None}
    known = {**commitment("b", None, "1"), "amount": won("7")}
    document = fund(commitments=[nameless, known])
    assert ledger(document).equation == "₩7 = ₩7"
    assert present(document, "en").arithmetic.doubts[0] == (
        "The amount is not known and is left out of every sum: Contributions › Proposed, 28 January 2015 (a)."
    )


def test_what_moved_is_told_step_by_step_undated_first():
    first = commitment("a", "government-of-korea", "40000000000", date=None)
    later = {**first, "id": "b", "stage": "pledged", "date": "2015-03", "replaces": "a"}
    last = {**later, "id": "c", "amount": won("30000000000"), "stage": "paid", "date": "2016"}
    parts = [{**last, "replaces": "b"}, later, first, commitment("d", None, "1")]
    (move,) = present(fund(commitments=parts), "en").arithmetic.moves
    assert move.name == "government-of-korea"
    assert [
        (step.date.text if step.date else None, step.what, step.before, step.after, step.height)
        for step in move.steps
    ] == [
        (None, "Proposed", "", "₩40 billion", "100.000"),
        ("March 2015", "Proposed → Pledged", "₩40 billion", "₩40 billion", "100.000"),
        ("2016", "Pledged → Paid", "₩40 billion", "₩30 billion", "75.000"),
    ]


def test_a_later_announcement_takes_the_place_of_the_earlier():
    (said,) = fund()["announcements"]
    earlier = {**said, "id": "earlier", "amount": won("150000000000"), "date": "2014"}
    (move,) = present(fund(announcements=[said, earlier]), "en").arithmetic.moves
    assert [(step.before, step.after) for step in move.steps] == [
        ("", "₩150 billion"),
        ("₩150 billion", "₩200 billion"),
    ]


def test_figures_in_different_currencies_move_without_a_drawing():
    dollars = {"amount": "5", "currency": "USD", "converted": []}
    won_first = commitment("a", "government-of-korea", "40")
    then = {**won_first, "id": "b", "amount": dollars, "date": "2016"}
    (move,) = present(fund(commitments=[won_first, then]), "en").arithmetic.moves
    assert not move.is_drawn
    assert move.steps[1].after == "₩40 + US$5"


def test_commitments_that_replace_one_another_in_a_circle_are_shown_once():
    round_about = [
        commitment("a", "government-of-korea", "40", replaces="b"),
        commitment("b", "government-of-korea", "50", replaces="a"),
    ]
    figures = present(fund(commitments=round_about), "en").arithmetic
    assert [len(move.steps) for move in figures.moves] == [2]


def test_each_thing_that_does_not_add_up_is_said():
    (said,) = fund()["announcements"]
    bound = commitment("a", "government-of-korea", "40000000000", stage="committed")
    paid = {**bound, "id": "b", "amount": won("50000000000"), "stage": "paid", "replaces": "a"}
    allocation = {"id": "x", "initiative": None, "amount": won("300000000000"), "date": None}
    document = fund(
        announcements=[{**said, "id": "other", "amount": won("180000000000")}, said],
        commitments=[bound, paid],
        allocations=[allocation],
    )
    assert present(document, "en").arithmetic.doubts == (
        "Several announcements stand side by side (₩180 billion, ₩200 billion); the newest counts.",
        "government-of-korea: ₩50 billion is paid, more than the ₩40 billion committed.",
        "₩300 billion is allocated, more than the ₩50 billion paid.",
        "₩300 billion is allocated, more than the ₩200 billion announced.",
    )
    unpaid = fund(announcements=[], commitments=[bound], allocations=[allocation], totals=NO_TOTALS)
    assert present(unpaid, "en").arithmetic.doubts == (
        "No announcement is recorded against which the contributions could be held.",
        "₩300 billion is allocated, but no payment is recorded.",
    )


def test_drawings_are_for_the_eye_and_tables_for_everybody():
    page = present(fund(), "en")
    html = render_to_string("record/body.html", {"page": page})
    drawing, table = html.split("</figure>", 1)
    assert '<figure class="stages" aria-hidden="true">' in drawing
    for words in ("Announced", "Pledged", "None recorded", "₩200 billion", "100%"):
        assert words in drawing, words
        assert words in table.split("</table>", 1)[0], words
    assert "style=" not in html
