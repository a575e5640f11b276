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
