"""What is wrong with written records is told whole, each with its place and mend, and nothing is stored."""

import time

import pytest
from django.apps import apps

from cooperation.catalogue import KINDS
from cooperation.desk import models
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.faults import Faults

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG = "x" * 100_000


def faults_of(*records):
    """The faults of the records, as (record, path, value, mend); nothing may have been stored."""
    began = time.process_time()
    with pytest.raises(Faults) as refused:
        enter(list(records), by=None, reason="A test.")
    assert time.process_time() - began < 1
    stored = [*(apps.get_model("desk", kind) for kind in KINDS), models.Commitment]
    assert [model._meta.model_name for model in stored if model.objects.exists()] == []
    return [(f.record, f.path, f.value, f.mend) for f in refused.value]


def organization(**members):
    return {"kind": "organization", "key": "a", "type": "firm", **members}


def fund(**members):
    return {"kind": "fund", "key": "f", **members}


def commitment(**members):
    return {
        "id": "c",
        "contributor_class": "other",
        "stage": "paid",
        "amount": {"amount": "1", "currency": "KRW"},
        **members,
    }


KEY_FORM = "Give a key of small Latin letters and digits with single hyphens between, such as alibaba-group."
ID_FORM = "Give each part an id of small Latin letters and digits with single hyphens between, such as korea."
EXACT = "Write the amount as digits in quotation marks, so that it stays exact: “40000000000”."
QUOTED = "This must be a text; put it in quotation marks."
BY_KEY = "There is no organization with this key; enter it too, or correct the key."
FORMS = "2015, 2014-10 or 2015-01-28"

CASES = [
    # record, path, value shown, mend
    ({"kind": "organisation", "key": "a"}, "record 1", "kind", "“organisation”", "There is no such kind; did you mean organization?"),
    ({"kind": ["fund"], "key": "a"}, "record 1", "kind", "a list of 1", f"There is no such kind; use one of {', '.join(KINDS)}."),
    ({"key": "a"}, "record 1", "kind", "nothing", f"There is no such kind; use one of {', '.join(KINDS)}."),
    ({"kind": "fund"}, "record 1 (fund)", "key", "nothing", KEY_FORM),
    ({"kind": "fund", "key": "Fund One"}, "record 1 (fund)", "key", "“Fund One”", KEY_FORM),
    ({"kind": "fund", "key": "a\x00"}, "record 1 (fund)", "key", "“a\ufffd”", KEY_FORM),
    ("fund", "record 1", "", "“fund”", "Write a record as a group that begins with kind and key."),
    (organization(webseite="x"), "organization a", "webseite", "“x”", "There is no such member; did you mean website?"),
    (fund(url="/funds/f/"), "fund f", "url", "“/funds/f/”", "The desk computes this; leave it out."),
    (fund(totals={}), "fund f", "totals", "a group of 0", "The desk computes this; leave it out."),
    (fund(commitments=[commitment(sum="1")]), "fund f", "commitments/c/sum", "“1”", "There is no such member; use one of id, contributor, contributor_class, title, amount, stage, date, reported_as, replaces."),
    ({"kind": "source", "key": "s", "type": "law", "citations": [{"source": "s", "pth": "x"}]}, "source s", "citations/1/pth", "“x”", "There is no such member; did you mean path?"),
    (organization(type="company"), "organization a", "type", "“company”", "This is not a code of this list; use one of ministry, agency, government, international, firm, association, institution, other."),
    (organization(type=None), "organization a", "type", "nothing", "This is needed; give it."),
    (organization(country="KOR"), "organization a", "country", "“KOR”", "This is not a code of this list; did you mean KR?"),
    (organization(country={"code": "KR"}), "organization a", "country", "a group of 1", "This is not a code of this list; use a code such as AD or ZW."),
    (fund(countries=["KR", "XX"]), "fund f", "countries", "“XX”", "This is not a code of this list; use a code such as AD or ZW."),
    (fund(countries=["KR", "KR"]), "fund f", "countries", "a list of 2", "Give a list of codes, each once."),
    (fund(countries="KR"), "fund f", "countries", "“KR”", "Give a list of codes."),
    (organization(part_of="b"), "organization a", "part_of", "“b”", BY_KEY),
    (organization(part_of="B\x00" + LONG), "organization a", "part_of", "“B\ufffd" + "x" * 58 + "…”", BY_KEY),
    (organization(part_of={"key": "a"}), "organization a", "part_of", "a group of 1", "Name the organization by its key."),
    (organization(part_of="a"), "organization a", "", "a group of 4", "An organization cannot be part of itself; name the larger one."),
    (organization(founded="28.01.2015"), "organization a", "founded", "“28.01.2015”", f"“28.01.2015” is not a date as it is written here; write {FORMS}."),
    (organization(founded="2015-02-30"), "organization a", "founded", "“2015-02-30”", f"“2015-02-30” is not in the calendar; write a real day, such as {FORMS}."),
    (organization(founded=2015), "organization a", "founded", "2015", QUOTED),
    (organization(website="javascript:alert(1)"), "organization a", "website", "“javascript:alert(1)”", "A web address begins with https:// or http://."),
    (organization(title="A"), "organization a", "title", "“A”", "Give the text by language: en, ko, zh-Hans."),
    (organization(title={"fr": "A"}), "organization a", "title/fr", "“A”", "This is not one of the portal's languages; use one of en, ko, zh-Hans."),
    (organization(title={"ko": 7}), "organization a", "title/ko", "7", QUOTED),
    (organization(title={"en": "a\x00b"}), "organization a", "title/en", "“a\ufffdb”", "The text holds a control character (U+0000); remove it."),
    (organization(title={"en": LONG}), "organization a", "title/en", f"“{'x' * 60}…”", "The text is longer than 500 characters; shorten it."),
    (organization(editorial=["name/en"]), "organization a", "editorial", "“name/en”", "This leads to no text written here; give a path and a language, such as title/ko."),
    (organization(editorial="title/en"), "organization a", "editorial", "“title/en”", "Give a list of paths, such as title/ko."),
    (organization(names={"id": "n"}), "organization a", "names", "a group of 1", "Give a list."),
    (organization(names=["n"]), "organization a", "names/1", "“n”", "Write each entry of this list as a group of members."),
    (organization(names=[{"type": "short", "text": "A"}]), "organization a", "names/1/id", "nothing", ID_FORM),
    (organization(names=[{"id": "n", "type": "short"}]), "organization a", "names/n/text", "“”", "This is needed; give it."),
    (organization(identifiers=[{"id": "lei", "scheme": "lei", "value": "213800KUD8LAJWSQ9D16"}]), "organization a", "identifiers/lei/value", "“213800KUD8LAJWSQ9D16”", "The check digits of LEI 213800KUD8LAJWSQ9D16 are wrong; compare it with the register."),
    (fund(commitments=[commitment(), commitment()]), "fund f", "commitments/2/id", "“c”", "Another part of this list has the same id; give each its own."),
    (fund(commitments=[commitment(amount={"amount": 4.5, "currency": "KRW"})]), "fund f", "commitments/c/amount/amount", "4.5", EXACT),
    (fund(commitments=[commitment(amount={"amount": 45, "currency": "KRW"})]), "fund f", "commitments/c/amount/amount", "45", EXACT),
    (fund(commitments=[commitment(amount={"amount": float("nan"), "currency": "KRW"})]), "fund f", "commitments/c/amount/amount", "a number", EXACT),
    (fund(commitments=[commitment(amount={"amount": "-1", "currency": "KRW"})]), "fund f", "commitments/c", "a group of 4", "An amount cannot be negative; write it without the minus sign."),
    (fund(commitments=[commitment(amount={"amount": "1e9", "currency": "KRW"})]), "fund f", "commitments/c/amount/amount", "“1e9”", "Write an amount in digits without separators, such as 40000000000 or 37100000.5."),
    (fund(commitments=[commitment(amount={"amount": "1", "currency": "WON"})]), "fund f", "commitments/c/amount/currency", "“WON”", "This is not an ISO 4217 code; use one such as KRW, CNY or USD."),
    (fund(commitments=[commitment(amount="1 KRW")]), "fund f", "commitments/c/amount", "“1 KRW”", "Give amount and currency, and nothing else."),
    (fund(commitments=[commitment(reported_as=[{"text": "US$1", "amount": 1.0, "currency": "USD"}])]), "fund f", "commitments/c/reported_as", "a group of 3", "Write text, amount, currency as texts, in quotation marks."),
    (fund(commitments=[commitment(reported_as=[{"text": "US$1"}])]), "fund f", "commitments/c/reported_as", "a group of 1", "Each entry has text, amount, currency, and nothing else."),
    (fund(status_reports=[{"id": "r", "finding": "changed", "status": "active"}]), "fund f", "status_reports/r/date", "“”", "This is needed; give it."),
    (fund(citations=[{"path": "title"}]), "fund f", "citations/1/source", "nothing", "This is needed; give it."),
    (fund(citations="all"), "fund f", "citations", "“all”", "Give a list."),
    ({"kind": "source", "key": "s", "type": "law", "authors": ["a.b@example.org"]}, "source s", "authors", "a list of 1", "Write names only; an e-mail address is not published."),
    ({"kind": "source", "key": "s", "type": "law", "authors": "Kim"}, "source s", "authors", "“Kim”", "Give a list of texts."),
    ({"kind": "source", "key": "s", "type": "law", "citations": [{"source": "s", "start": -1}]}, "source s", "citations/1/start", "-1", "Give a whole number from 0, without quotation marks."),
    ({"kind": "source", "key": "s", "type": "law", "citations": [{"source": "s", "end": 10**5000}]}, "source s", "citations/1/end", "a number", "Give a whole number from 0, without quotation marks."),
    ({"kind": "source", "key": "s", "type": "law", "citations": [{"source": "s", "inferred": "yes"}]}, "source s", "citations/1/inferred", "“yes”", "Give true or false, without quotation marks."),
    ({"kind": "source", "key": "s", "type": "law", "citations": [{"source": "s", "start": 9, "end": 3}]}, "source s", "citations/1", "a group of 3", "A passage ends after it begins; give both numbers, the smaller one first, or neither."),
]  # fmt: skip


@pytest.mark.parametrize(("written", "record", "path", "value", "mend"), CASES)
def test_a_fault_names_record_path_value_and_mend(written, record, path, value, mend):
    assert faults_of(written) == [(record, path, value, mend)]


def test_all_faults_of_all_records_are_told_at_once():
    found = faults_of(
        organization(type="company", colour="red", founded="yesterday"),
        {"kind": "nothing", "key": "x"},
        fund(
            manager="nobody",
            commitments=[commitment(stage="maybe", date="2015-13"), commitment(id="C")],
            citations=[{"path": "title", "source": "none"}],
        ),
    )
    assert {(record, path) for record, path, _value, _mend in found} == {
        ("organization a", "type"),
        ("organization a", "colour"),
        ("organization a", "founded"),
        ("record 2", "kind"),
        ("fund f", "manager"),
        ("fund f", "commitments/c/stage"),
        ("fund f", "commitments/c/date"),
        ("fund f", "commitments/2/id"),
        ("fund f", "citations/1/source"),
    }


def test_a_sound_record_beside_a_faulty_one_is_not_stored():
    assert faults_of(organization(), fund(manager="nobody"))


def test_a_record_written_twice_is_a_fault():
    assert faults_of(organization(), organization()) == [
        ("organization a", "key", "“a”", "This record is written twice; make one of the two.")
    ]


def test_what_is_no_list_of_records_is_a_fault():
    with pytest.raises(Faults) as refused:
        enter({"kind": "fund"}, by=None, reason="A test.")
    assert str(refused.value) == "the records: Give a list of records. (given: a group of 1)"


def test_values_that_hold_themselves_are_told_and_not_gone_through():
    endless = []
    endless.append(endless)
    turning = {}
    turning["turning"] = turning
    deep = []
    for _ in range(100_000):
        deep = [deep]
    written = organization(
        title=turning, names=endless, country=endless, part_of=deep, website=turning, citations=deep
    )
    paths = {path for _record, path, _value, _mend in faults_of(written)}
    assert paths == {"title/turning", "names/1", "country", "part_of", "website", "citations/1"}


@pytest.mark.parametrize(
    "written",
    [
        organization(**{f"member{n}": n for n in range(100_000)}),
        organization(names=[{"id": str(n)} for n in range(100_000)]),
        fund(countries=["XX"] * 100_000),
        fund(countries=[{}] * 1_000),
        fund(editorial=["x"] * 100_000),
        organization(title={"en": "e\u0301" * 50_000}),
        organization(title={"en": "a" + "\u0301" * 100_000}),
        organization(**{LONG: LONG}),
        fund(commitments=[commitment(amount={"amount": "9" * 100_000, "currency": "KRW"})]),
    ],
    ids=["members", "parts", "codes", "groups", "paths", "accents", "zalgo", "name", "digits"],
)
def test_very_much_input_is_refused_within_a_second(written):
    assert faults_of(written)


def test_a_thousand_faults_are_enough():
    found = faults_of(organization(**{f"member{n}": n for n in range(5_000)}))
    assert len(found) == 1_000


def test_an_existing_record_is_left_as_it_was_when_a_change_has_a_fault():
    enter([organization(country="KR")], by=None, reason="A test.")
    with pytest.raises(Faults):
        enter([organization(country="CN", founded="soon")], by=None, reason="A test.")
    record = models.Organization.objects.get()
    assert (record.country, record.version, record.history.count()) == ("KR", 1, 1)
