"""Finding records with nearly the same name: for one name, and for all pairs at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from cooperation.desk import editing
from cooperation.desk.likeness import pairs
from cooperation.desk.likeness.apart import forget, tell_apart
from cooperation.desk.likeness.index import names_of
from cooperation.desk.likeness.storing import opened
from cooperation.desk.models import Organization, OrganizationName, Person
from cooperation.desk.models.records import Record
from tests.desk.records import editor, in_all_languages, organization, published, saved, texts
from tests.desk.test_checks import found
from tests.desk.test_commands import run

pytestmark = pytest.mark.django_db


def firm(key, en=None, ko=None, zh=None, *parts):
    return saved(Organization(key=key, title=texts(en, ko, zh), type="firm"), *parts)


def keys_like(*names, kind="organization", but=None):
    """The keys of the records of the kind with nearly one of these names, the likest first."""
    with names_of(kind) as known:
        known.catch_up()
        rows = known.model.objects.in_bulk([like.pk for like in known.like(names, but)])
        return [rows[like.pk].key for like in known.like(names, but) if like.pk in rows]


def pairs_of(kind="organization"):
    """The likely pairs of the kind by their names, best first."""
    with names_of(kind) as known:
        known.catch_up()
        return [
            (pair.name_of_one, pair.name_of_other, round(pair.score)) for pair in pairs.find(known)
        ]


def test_record_is_found_by_a_name_in_another_script_romanisation_or_legal_form():
    firm("samsung", None, "삼성전자 주식회사")
    firm("alibaba", None, None, "阿里巴巴集团")
    assert keys_like("㈜삼성전자") == ["samsung"]
    assert keys_like("Samsung Jeonja Co., Ltd.") == ["samsung"]
    assert keys_like("Alibaba") == ["alibaba"]
    assert keys_like("삼성전기", "Ali", "") == []


def test_likest_record_comes_first_and_the_record_itself_not_at_all():
    one = firm("one", "Hyundai")
    firm("sounds", "Hyeondae")
    firm("equal", "Hyundai Inc.")
    assert keys_like("Hyundai", but=one.pk) == ["equal", "sounds"]


def test_person_is_found_whichever_name_comes_first():
    saved(Person(key="ma-yun", title=texts(zh="马云")))
    assert keys_like("Yun Ma", kind="person") == ["ma-yun"]


def test_what_is_saved_deleted_or_renamed_is_known_at_once():
    record = firm("one", "Hyundai Motor")
    assert keys_like("Hyundai Motors") == ["one"]
    record.title = texts("Kia")
    row = OrganizationName(type="former", text="Asia Motors")
    editing.save(record, by=None, reason="", parts=[row])
    assert (keys_like("Hyundai Motors"), keys_like("Kia"), keys_like("Asia Motors")) == (
        [],
        ["one"],
        ["one"],
    )
    with names_of("organization") as known:
        assert known.count() == 1
        editing.delete(record, by=None, reason="")
        known.catch_up()
        assert known.count() == 0


def test_what_was_saved_long_ago_but_came_to_light_only_now_is_known_too():
    """As after a long import, or where somebody has put back a copy of the database."""
    newest = firm("newest", "Newest")
    assert keys_like("Kia Motors") == []
    late = firm("late", "Kia Motors")
    earlier = newest.updated_at - timedelta(days=3)
    Organization.objects.filter(pk=late.pk).update(updated_at=earlier)
    assert keys_like("Kia Motors") == ["late"]


def test_few_queries_find_what_is_like_a_name_however_many_records(
    django_assert_num_queries, settings, tmp_path
):
    settings.NAMES_INDEX = tmp_path / "names.sqlite3"  # what other tests have noted is not there
    for number in range(12):
        firm(
            f"firm-{number}", f"Firm {number}", None, None, OrganizationName(type="alias", text="A")
        )
    with names_of("organization") as known:
        with django_assert_num_queries(4):
            known.catch_up()
        with django_assert_num_queries(1):
            known.catch_up()
            known.like(["Firm 3"])


def test_names_are_read_some_at_a_time_where_many_are_new():
    for number in range(5):
        firm(f"firm-{number}", f"Firm {number}")
    with names_of("organization") as known:
        assert [known.catch_up(most=2) for _again in range(4)] == [3, 1, 0, 0]


@pytest.mark.once
def test_file_that_is_broken_or_missing_is_made_anew():
    firm("one", "Hyundai Motor")
    for broken in (b"no such file " * 100, None):
        path = Path(settings.NAMES_INDEX)
        for old in path.parent.glob(path.name + "*"):
            old.unlink()
        if broken:
            path.write_bytes(broken)
        assert keys_like("Hyundai Motors") == ["one"]
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.once
def test_file_of_another_wording_of_the_rules_is_made_anew():
    firm("one", "Hyundai Motor")
    assert keys_like("Hyundai Motors") == ["one"]
    with opened() as file:
        file.execute("PRAGMA user_version = 7")
    assert keys_like("Hyundai Motors") == ["one"]


def test_all_pairs_are_found_best_first_each_once():
    firm("one", "Hyundai Motor", "현대자동차")
    firm("two", "Hyundai Motors", "현대 자동차㈜")
    firm("three", "Hyundai Jadongcha")
    firm("four", "Kia", "기아")
    assert pairs_of() == [
        ("현대자동차", "현대 자동차㈜", 100),
        ("현대자동차", "Hyundai Jadongcha", 99),
        ("현대 자동차㈜", "Hyundai Jadongcha", 99),
    ]


def test_pairs_are_found_in_a_crowd_that_begins_alike(monkeypatch):
    monkeypatch.setattr(pairs, "CROWD", 4)
    words = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Oak", "Pine")
    for word in words:
        firm(word.lower(), f"Korea Institute of {word} Wood")
    firm("again", "Korea Institute of Hazel Woods")
    assert pairs_of() == [("Korea Institute of Hazel Wood", "Korea Institute of Hazel Woods", 98)]


def test_of_many_namesakes_each_is_paired_with_the_first(monkeypatch):
    monkeypatch.setattr(pairs, "NAMESAKES", 3)
    first, *_others = [firm(f"firm-{number}", "Same Name") for number in range(5)]
    with names_of("organization") as known:
        known.catch_up()
        found = pairs.find(known)
    assert [pair.one for pair in found] == [first.pk] * 4


def test_command_finds_pairs_but_not_those_that_are_told_apart():
    one, two = firm("one", "Hyundai Motor"), firm("two", "Hyundai Motors")
    out, err = run("find_doubles", "--kind", "organization")
    assert (out.splitlines(), err) == (
        [
            "organization: 1 likely pairs among 2 records.",
            "96 %: one (Hyundai Motor) – two (Hyundai Motors)",
        ],
        "",
    )
    tell_apart("organization", two.pk, one.pk, by=editor(), reason="Two registers.")
    assert run("find_doubles", "--kind", "organization")[0] == (
        "organization: 0 likely pairs among 2 records.\n"
    )
    assert forget("organization", one.pk, two.pk)
    assert "1 likely pairs" in run("find_doubles")[0]


def test_records_that_are_told_apart_are_asked_about_no_more():
    theirs = organization("theirs", title=in_all_languages("Alibaba"))
    mine = organization("mine", title=in_all_languages("Alibaba"))
    assert ("warning", "similar-name", "title") in found(mine)
    tell_apart("organization", mine.pk, theirs.pk, by=editor(), reason="Two registers.")
    assert ("warning", "similar-name", "title") not in found(mine)
    third = organization("third", title=in_all_languages("Alibaba"))
    assert ("warning", "similar-name", "title") in found(mine)
    assert published(third).state == Record.State.PUBLISHED
