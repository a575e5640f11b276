"""What differs between two documents."""

from cooperation.gazette.differences import Difference, differences


def test_equal_documents_do_not_differ():
    assert differences({"title": {"en": "A"}}, {"title": {"en": "A"}}) == []


def test_a_changed_text_is_named_with_its_language():
    assert differences(
        {"title": {"en": "Fund", "ko": None}}, {"title": {"en": "Fund", "ko": "기금"}}
    ) == [Difference("title/ko", None, "기금")]


def test_a_part_is_found_by_its_id_wherever_it_stands_in_the_list():
    before = {
        "commitments": [{"id": "korea", "stage": "proposed"}, {"id": "china", "stage": "paid"}]
    }
    after = {"commitments": [{"id": "china", "stage": "paid"}, {"id": "korea", "stage": "pledged"}]}
    assert differences(before, after) == [
        Difference("commitments/korea/stage", "proposed", "pledged")
    ]


def test_added_and_removed_parts_are_one_difference_each():
    assert differences(
        {"milestones": [{"id": "one", "due": "2015"}]}, {"milestones": [{"id": "two", "due": None}]}
    ) == [
        Difference("milestones/one", {"id": "one", "due": "2015"}, None),
        Difference("milestones/two", None, {"id": "two", "due": None}),
    ]


def test_references_amounts_and_plain_lists_are_compared_whole():
    seoul = {"kind": "organization", "key": "a", "url": "/a/", "title": {"en": "A"}}
    other = {"kind": "organization", "key": "b", "url": "/b/", "title": {"en": "B"}}
    won = {"amount": "1", "currency": "KRW", "converted": []}
    yuan = {"amount": "1", "currency": "CNY", "converted": []}
    assert differences(
        {"manager": seoul, "amount": won, "countries": ["KR"]},
        {"manager": other, "amount": yuan, "countries": ["KR", "CN"]},
    ) == [
        Difference("manager", seoul, other),
        Difference("amount", won, yuan),
        Difference("countries", ["KR"], ["KR", "CN"]),
    ]


def test_a_first_edition_differs_from_nothing_in_everything():
    assert differences(None, {"type": "firm", "country": None}) == [
        Difference("type", None, "firm")
    ]
