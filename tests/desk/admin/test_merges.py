"""Merging at the desk: both records side by side, the choice field by field, and where the old key leads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cooperation.desk import editing
from cooperation.desk.merging.acts import merge
from cooperation.desk.models import Organization, OrganizationName, Participant, Source
from cooperation.gazette.models import Edition
from tests.desk.records import (
    cite,
    fund,
    initiative,
    organization,
    published,
    report,
    saved,
)
from tests.desk.records import (
    editor as entering_editor,
)
from tests.desk.records import (
    publisher as publishing_user,
)

from .filling import change_page, editor, list_page, publisher, sentences

REASON = "One firm under two names."

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def merge_page(loser, survivor=None):
    into = f"?into={survivor.pk}" if survivor else ""
    return reverse(f"admin:desk_{loser.kind}_merge", args=[loser.pk]) + into


@pytest.fixture
def pair():
    """A firm that is public under two names, and an initiative that names the one that goes."""
    loser = organization("alibaba", OrganizationName(type="short", text="Ali"), founded="1999")
    survivor = organization("alibaba-group", founded="2001")
    link = initiative("a-link", Participant(organization=loser, role="operator"))
    published(survivor, loser, link)
    return loser, survivor


def sent(page, **choices):
    chosen = {f"choice-{name.replace('__', '/')}": side for name, side in choices.items()}
    shown = page.context["preview"]
    return {"seal": shown.seal, "chosen": shown.chosen, "reason": REASON, **chosen}


def looked_again(client, address, **choices):
    """What is sent after the page has been looked at with these choices."""
    given = sent(client.get(address), **choices)
    return sent(client.post(address, {**given, "act": "look", "reason": ""}), **choices)


def test_the_other_record_is_searched_for_or_named_by_its_key(pair):
    loser, survivor = pair
    client = publisher()
    page = client.get(merge_page(loser))
    assert 'data-model-name="engagementsubject" data-field-name="organization"' in sentences(page)
    assert f'href="{merge_page(loser)}"' in sentences(client.get(change_page(loser)))
    by_key = client.get(merge_page(loser), {"key": "alibaba-group"})
    assert by_key.url == merge_page(loser, survivor)
    for asked, said in (
        ({"key": "nobody"}, "No other record of this kind has this key."),
        ({"into": loser.pk}, "Select a valid choice."),
        ({"into": "9" * 40}, "Select a valid choice."),
        ({"key": "no key!"}, "No other record of this kind has this key."),
        ({"key": "", "into": ""}, "Choose a record."),
    ):
        answer = client.get(merge_page(loser), asked)
        assert (answer.status_code, said in sentences(answer)) == (200, True), asked


def test_the_page_shows_what_would_move_and_does_nothing(pair):
    loser, survivor = pair
    page = publisher().get(merge_page(loser, survivor))
    shown = page.context["preview"]
    assert [(one.name, [o.side for o in one.options if o.is_chosen]) for one in shown.choices] == [
        ("title/en", ["survivor"]),
        ("title/ko", ["survivor"]),
        ("title/zh-Hans", ["survivor"]),
        ("founded", ["survivor"]),
    ]
    assert [(label, len(lines)) for label, lines in shown.added] == [("Names", 4)]
    assert [(one.label, one.count) for one in shown.followers] == [("Initiatives", 1)]
    assert (shown.refreshed, shown.is_public, shown.doubles) == (1, True, 1)
    said = sentences(page)
    assert "This cannot be undone." in said
    assert merge_page(survivor, loser) in said
    assert set(Organization.objects.values_list("version", "state")) == {(1, "published")}
    assert OrganizationName.objects.count() == 1


def test_what_was_chosen_is_merged_and_the_way_leads_to_the_survivor(pair):
    loser, survivor = pair
    client = publisher()
    address = merge_page(loser, survivor)
    answer = client.post(address, looked_again(client, address, founded="loser", names="former"))
    assert answer.url == change_page(survivor)
    survivor.refresh_from_db()
    assert (survivor.founded, survivor.state) == ("1999", "changed")
    assert {row.type for row in survivor.names.all()} == {"short", "former"}
    said = sentences(client.get(answer.url))
    assert "was merged into" in said
    assert "What it has gained is not public yet." in said
    assert [e.action for e in Edition.objects.order_by("number")][-2:] == ["merged", "refreshed"]


def test_nothing_is_merged_by_choices_with_which_it_was_not_shown(pair):
    _loser, survivor = pair
    client, address = publisher(), merge_page(*pair)
    for more, said in (({}, True), ({"act": "look"}, False)):
        given = sent(client.get(address), founded="loser", names="none")
        page = client.post(address, {**given, **more})
        assert ("what moves has changed with your choices" in sentences(page)) is said
        assert "Nothing was done" not in sentences(page) or said
        shown = page.context["preview"]
        assert [(label, len(lines)) for label, lines in shown.added] == [("Names", 1)]
        assert [o.side for o in shown.choices[-1].options if o.is_chosen] == ["loser"]
        assert page.context["reason"] == REASON
        assert not Organization.objects.filter(state="merged").exists()
    default = {"choice-founded": "loser", "choice-names": "none"}
    assert client.post(address, {**sent(page), **default}).status_code == 302
    survivor.refresh_from_db()
    assert (survivor.founded, survivor.names.get().text) == ("1999", "Ali")


def test_what_has_changed_since_it_was_shown_is_shown_again_with_what_was_chosen(pair):
    loser, survivor = pair
    client = publisher()
    page = client.get(merge_page(loser, survivor))
    link = initiative("another", Participant(organization=loser, role="operator"))
    answer = client.post(merge_page(loser, survivor), sent(page, founded="loser"))
    assert "something has changed since" in sentences(answer)
    founded = answer.context["preview"].choices[-1]
    assert [option.side for option in founded.options if option.is_chosen] == ["loser"]
    assert answer.context["reason"] == REASON
    loser.refresh_from_db()
    assert loser.state == "published"
    assert link.participants.get().organization == loser


@pytest.mark.parametrize("reason", ["", "\x00", "\u202e", "x" * 5000])
def test_a_reason_that_cannot_be_entered_is_asked_for_again(pair, reason):
    loser, survivor = pair
    client = publisher()
    filled = sent(client.get(merge_page(loser, survivor)), founded="\x00", nothing="9" * 5000)
    answer = client.post(merge_page(loser, survivor), {**filled, "reason": reason})
    assert answer.status_code == 200
    assert len(answer.context["reason_faults"]) == 1
    loser.refresh_from_db()
    assert loser.state == "published"


def test_what_cannot_be_merged_is_told_with_the_mend(pair):
    loser, _survivor = pair
    draft = organization("draft")
    page = publisher().get(merge_page(loser, draft))
    assert "Publish it first, or merge it the other way." in sentences(page)
    assert "Merge for good" not in sentences(page)


def test_editors_cannot_merge_and_are_led_to_no_such_page(pair):
    loser, survivor = pair
    client = editor()
    for method in (client.get, client.post):
        assert method(merge_page(loser, survivor)).status_code == 403
    assert "/merge/" not in sentences(client.get(change_page(loser)))


def test_the_old_record_leads_to_the_other_for_good(pair):
    loser, survivor = pair
    merge(loser, into=survivor, by=publishing_user(), reason=REASON)
    client = publisher()
    for address in (change_page(loser), change_page(loser, "firm"), merge_page(loser, survivor)):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (301, change_page(survivor)), address
    assert client.post(change_page(loser), {"title_en": "Other"}).url == change_page(survivor)
    assert "its address leads here for good" in sentences(client.get(change_page(survivor)))
    delete = reverse("admin:desk_organization_delete", args=[loser.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    history = reverse("admin:desk_organization_history", args=[loser.pk])
    assert "Merged into alibaba-group" in sentences(client.get(history))


def test_lists_and_searches_offer_what_was_merged_only_where_it_is_asked_for(pair):
    loser, survivor = pair
    merge(loser, into=survivor, by=publishing_user(), reason=REASON)
    client = publisher()

    def keys(**asked):
        page = client.get(list_page("organization"), asked)
        return sorted(record.key for record in page.context["cl"].result_list)

    assert keys() == ["alibaba-group"]
    assert keys(state="merged") == ["alibaba"]
    assert keys(q="alibaba") == ["alibaba", "alibaba-group"]
    for field in ("part_of", "target"):
        model = "organization" if field == "part_of" else "engagementsubject"
        asked = {"app_label": "desk", "model_name": model, "field_name": field, "term": "alibaba"}
        found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
        assert [one["text"].partition(" (")[2][:13] for one in found] == ["alibaba-group"], field


def test_nobody_comes_to_name_what_was_merged(pair):
    loser, survivor = pair
    merge(loser, into=survivor, by=publishing_user(), reason=REASON)
    page = publisher().get(reverse("admin:desk_organization_add"))
    chosen = page.context["adminform"].form.fields["part_of"].queryset
    assert set(chosen.values_list("key", flat=True)) == {"alibaba-group"}


def test_the_number_of_queries_does_not_grow_with_what_names_it(pair):
    loser, survivor = pair
    client = publisher()
    client.get(merge_page(loser, survivor))

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(merge_page(loser, survivor))
        return len(asked)

    few = cost()
    for number in range(5):
        initiative(f"i-{number}", Participant(organization=loser, role="operator"))
    assert cost() == few


def test_a_record_that_was_changed_at_the_desk_shows_what_it_says_there(pair):
    loser, survivor = pair
    survivor.website = "https://b.example"
    editing.save(survivor, by=entering_editor(), reason="Added.")
    page = publisher().get(merge_page(loser, survivor))
    website = page.context["preview"].choices[-2]
    assert [option.value for option in website.options] == ["https://b.example", ""]


def test_quotations_that_the_copy_that_stays_does_not_hold_are_told():
    loser = report()
    survivor = saved(Source(key="b", title={"en": "B"}, type="law", kept_text="Other words."))
    fund("money", cite("title", quote="40 billion each"))
    page = publisher().get(merge_page(loser, survivor))
    said = "1 quotation from the other record does not occur in the kept copy that stays"
    assert said in sentences(page)
    assert "12 characters" in sentences(page)
