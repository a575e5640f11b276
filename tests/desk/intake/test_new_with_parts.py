"""New records are imported together with their parts and citations, as one workbook says them."""

from __future__ import annotations

import pytest

from cooperation.desk.intake import planning
from cooperation.desk.intake.entering import enter
from cooperation.desk.models import Fund, Initiative, Organization

from .test_planning import MINISTRY, layouts, looked, outcomes, problems

pytestmark = pytest.mark.django_db

SOURCE = {"kind": "source", "key": "report", "type": "law", "title": {"en": "Report"}}
CITATIONS = ("citations", "record_key,path,source_key,quote\nnew,title,report,The new one.\n")
BOOKS = {
    "fund": [
        ("funds", "key,title_en\nnew,New\n"),
        ("announcements", "record_key,id,amount,amount_currency\nnew,first,5,KRW\n"),
        ("commitments", "record_key,id,contributor_key,stage\nnew,a,ministry,proposed\n"),
    ],
    "organization": [
        ("organizations", "key,title_en,type\nnew,New,firm\nother,Other,firm\n"),
        ("names", "record_key,id,type,text,lang\nnew,old,former,Older,en\n"),
    ],
    "initiative": [
        ("initiatives", "key,title_en\nnew,New\n"),
        ("participants", "record_key,id,organization_key,role\nnew,a,ministry,implementer\n"),
        ("status_reports", "record_key,id,date,finding,status\nnew,x,2015-01-28,changed,proposed\n"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", BOOKS)
def test_new_record_comes_with_its_parts_and_citations(kind):
    enter([MINISTRY, SOURCE], by=None, reason="As it was.")
    book = [*BOOKS[kind], CITATIONS]
    noted, made = looked(kind, *book)
    assert problems(noted) == []
    assert {outcome for *_place, outcome in outcomes(noted)} == {"new"}
    planning.carry_out(kind, layouts(kind, *book), by=None, reason="Import.", seal=made.seal)
    model = {"fund": Fund, "organization": Organization, "initiative": Initiative}[kind]
    new = model.objects.get(key="new")
    lists = [name for name, _text in book[1:]]
    assert {name: getattr(new, name).count() for name in lists} == dict.fromkeys(lists, 1)
    assert looked(kind, *book)[1].is_idle


def test_part_rows_may_name_their_record_by_title_that_of_a_new_one_in_the_file_too():
    enter([MINISTRY], by=None, reason="As it was.")
    noted, _made = looked(
        "organization",
        ("names", "record_key,id,type,text,lang\nMinistry,old,former,Older,en\n새 회사,a,former,A,en\nNobody,b,nonsense,B,xx\n"),
        ("organizations", "key,title_en,title_ko,type\nnew,New,새 회사,firm\n"),
    )  # fmt: skip
    assert [(line.key, line.part, line.outcome.value) for line in noted] == [
        ("Nobody", "names", "error"),
        ("new", "", "new"),
        ("new", "names", "new"),
        ("ministry", "names", "new"),
    ]
    assert [(number, column) for number, column, *_rest in problems(noted)] == [
        (4, "record_key"),
        (4, "type"),
        (4, "lang"),
    ]


def test_rows_of_parts_without_an_id_are_given_one_and_are_known_by_what_they_say_next_time():
    enter([MINISTRY], by=None, reason="As it was.")
    book = [
        ("funds", "key,title_en\nnew,New\n"),
        ("commitments", "record_key,contributor_key,stage,amount\nnew,Ministry,proposed,5원\nnew,Ministry,pledged,7원\n"),
    ]  # fmt: skip
    noted, made = looked("fund", *book)
    assert [line.cells[0] for line in noted if line.part] == [
        ("id", "", "ministry", None),
        ("id", "", "ministry-2", None),
    ]
    planning.carry_out("fund", layouts("fund", *book), by=None, reason="Import.", seal=made.seal)
    fund = Fund.objects.get(key="new")
    assert [(one.part_id, one.amount) for one in fund.commitments.all()] == [
        ("ministry", 5),
        ("ministry-2", 7),
    ]
    assert looked("fund", *book)[1].is_idle
    changed = [("commitments", book[1][1].replace("7원", "8원"))]
    noted, made = looked("fund", *changed)
    assert [(line.outcome.value, line.proposed) for line in noted] == [
        ("unchanged", "ministry"),
        ("new", "ministry-3"),
        ("removed", ""),
    ]
    planning.carry_out("fund", layouts("fund", *changed), by=None, reason="More.", seal=made.seal)


def test_part_that_lacks_what_it_is_named_by_is_complained_of_by_its_column():
    noted, _made = looked(
        "initiative",
        ("initiatives", "key,title_en\nnew,New\n"),
        ("participants", "record_key,role\nnew,implementer\n"),
    )
    assert [one[:3] for one in problems(noted)] == [(2, "organization", "")]
