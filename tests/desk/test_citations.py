"""Citations: a passage has a beginning and an end, or neither."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.desk.models import OrganizationCitation
from tests.desk.records import organization, report

pytestmark = pytest.mark.django_db
HALF = [(5, None), (None, 5), (5, 5), (5, 4)]


@pytest.mark.parametrize(("start", "end"), HALF)
def test_half_a_passage_is_refused(start, end):
    citation = OrganizationCitation(record=organization("a"), source=report(), start=start, end=end)
    with pytest.raises(ValidationError, match="give both numbers, the smaller one first"):
        citation.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        citation.save()


@pytest.mark.parametrize(("start", "end"), [(None, None), (0, 5)])
def test_a_whole_passage_or_none_is_taken(start, end):
    citation = OrganizationCitation(record=organization("a"), source=report(), start=start, end=end)
    citation.full_clean()
    citation.save()
