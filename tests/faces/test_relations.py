"""What a record's page says of those that name it: all of them counted, and the newest shown."""

import re

import pytest

from tests.contracts.sweeping import ask
from tests.examples import fund, source, world
from tests.faces.looking import links, page, said
from tests.worlds import publish, reference, sample, texts

pytestmark = pytest.mark.django_db

KOREA = "/organizations/government-of-korea/"
BAR = re.compile(r'<a href="([^"]*status=[^"]*)">(.*?)</a>', re.S)


def taking_part(key, status, *others):
    """An initiative of Korea's, and of others', that has that status."""
    participants = [
        {
            "id": other,
            "organization": reference("organization", other),
            "role": "supporter",
            "from": None,
            "until": None,
        }
        for other in ("government-of-korea", *others)
    ]
    return sample(
        "initiative",
        key,
        status={"value": status, "since": None, "confirmed": None},
        participants=participants,
    )


def test_a_record_names_what_refers_to_it(client):
    publish(*world())
    words = said(page(client, KOREA))
    assert "Takes part in these initiatives Link between Tmall Global and Kmall24" in words
    assert "Participant: proposer no dates recorded" in words
    assert "Contributor: ₩40 billion, proposed" in words


def test_a_row_does_not_say_again_what_the_heading_says(client):
    spoken = reference("organization", "a")
    publish(sample("organization", "a"), sample("engagement", "e", subjects=[spoken]))
    words = said(page(client, "/organizations/a/"))
    assert re.search(r"Spoken of in these engagements E (?!Subject )", words)


def test_a_record_that_nothing_names_says_so(client):
    publish(sample("organization", "a"))
    assert "Referred to by None recorded" in said(page(client, "/organizations/a/"))


def test_of_many_that_refer_to_a_record_the_newest_twenty_are_shown(client):
    publish(source(), sample("organization", "a"))
    citing = [
        sample("fund", f"f-{n}", citations=[{**fund()["citations"][0], "path": "title"}])
        for n in range(21)
    ]
    publish(*citing)
    html = page(client, "/sources/korea-bizwire-2015-01-29/")
    assert "F 20<" in html
    assert "F 0<" not in html
    assert "/funds/?source=korea-bizwire-2015-01-29" in links(html)
    assert "Cited by Funds 21" in said(html)
    assert "Funds: all 21 in the list" in said(html)


def test_a_list_that_does_not_hold_all_of_them_is_not_the_only_way_on(client):
    """What spoke of an organization is not under the filter for those that attended for it."""
    spoken = reference("organization", "a")
    held = [sample("engagement", f"e-{n}", subjects=[spoken]) for n in range(21)]
    publish(sample("organization", "a"), *held)
    html = page(client, "/organizations/a/")
    assert "/api/v1/organizations/a/references/" in links(html)
    assert "/engagements/?organization=a" not in links(html)


def test_an_organization_shows_how_all_of_its_promises_stand(client):
    publish(*world())
    publish(*(taking_part(f"i-{n}", "agreed") for n in range(22)), taking_part("unknown", None))
    html = page(client, KOREA)
    of_initiatives = [one for one in BAR.findall(html) if "/initiatives/" in one[0]]
    counted = {said(label): url.replace("&amp;", "&") for url, label in of_initiatives}
    assert counted == {
        "Proposed 1": "/initiatives/?organization=government-of-korea&status=proposed",
        "Agreed 22": "/initiatives/?organization=government-of-korea&status=agreed",
    }
    assert "Initiatives 24" in said(html)
    assert "Not known 1" in said(html)


def test_each_number_is_that_of_the_list_it_leads_to(client):
    publish(*world(), taking_part("one", "agreed"), taking_part("two", "agreed"))
    for url, label in BAR.findall(page(client, KOREA)):
        number = int(said(label).split()[-1])
        assert f"{number} record" in said(page(client, url.replace("&amp;", "&")))


def test_partners_are_those_that_share_most_initiatives(client):
    publish(*world(), sample("organization", "seldom"), sample("organization", "often"))
    publish(
        taking_part("one", "agreed", "often"),
        taking_part("two", "agreed", "often", "seldom"),
    )
    words = said(page(client, KOREA))
    assert "Partners Often 2 shared initiatives Seldom 1 shared initiative" in words
    assert "/ko/organizations/often/" in links(page(client, f"/ko{KOREA}"))


def test_partners_cost_no_query_each(client):
    publish(*world(), *(sample("organization", f"p-{n}") for n in range(8)))
    publish(taking_part("one", "agreed", "p-0"))
    few = ask(client, KOREA).queries
    publish(taking_part("two", "agreed", *(f"p-{n}" for n in range(8))))
    assert ask(client, KOREA).queries == few


def test_a_person_shows_for_whom_they_spoke_with_the_way_to_the_words(client):
    words = {"speaker": reference("person", "choi"), "words": texts("Words.")}
    spoken = sample("statement", "s", organization=reference("organization", "ministry"), **words)
    publish(sample("organization", "ministry"), sample("person", "choi"), spoken)
    html = page(client, "/people/choi/")
    assert "Spoke for Ministry 1 statement" in said(html)
    assert "/statements/?person=choi&organization=ministry" in links(html)
