"""Whatever a public page or the desk says, it says in Korean and Simplified Chinese too."""

import re

import pytest

from tests.translations import catalogue, counted, messages, missing, uncounted

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once

PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|<a [^>]+>|</a>")
TWO_FORMS = re.compile(r"이\(가\)|은\(는\)|을\(를\)|\(으\)로|와\(과\)")
HAN = r"[\u4e00-\u9fff，。；：、（）“”]"
HALF_WIDTH = re.compile(rf"(?![“”]){HAN} *[,;:?!()]|[,;:?!()] *(?![“”]){HAN}")
SPACED = re.compile(rf"{HAN} +(?:%\(|[0-9])|(?:\)s|[0-9]) +{HAN}")


@pytest.mark.parametrize("language", ["ko", "zh-Hans"])
def test_everything_that_a_page_or_the_desk_says_is_translated(language):
    assert missing(language) == []


@pytest.mark.parametrize("language", ["ko", "zh-Hans"])
def test_what_is_said_of_one_and_of_several_is_one_entry_with_both(language):
    """Two entries are found by nobody, and the page speaks English."""
    assert uncounted(language) == []
    assert ("%(n)s record", "%(n)s records") in counted()


@pytest.mark.parametrize("language", ["ko", "zh-Hans"])
def test_a_translation_fills_in_what_the_original_fills_in(language):
    for message, translation in catalogue(language).items():
        assert {*PLACE.findall(translation)} == {*PLACE.findall(message)}, message


@pytest.mark.parametrize("language", ["ko", "zh-Hans"])
def test_nothing_is_translated_that_nobody_says(language):
    assert {*catalogue(language)} - messages() - {""} == set()


def test_no_korean_sentence_leaves_the_reader_to_choose_a_particle():
    """`기금이(가)` is a form's stopgap: the sentence is put so that what is filled in needs none."""
    assert [said for said in catalogue("ko").values() if TWO_FORMS.search(said)] == []


def test_chinese_has_its_own_punctuation_and_no_spaces_about_numbers():
    told = [said for said in catalogue("zh-Hans").values() if "manage.py" not in said]
    assert [said for said in told if HALF_WIDTH.search(said)] == []
    assert [said for said in told if SPACED.search(said.replace("汇率 %", "汇率%"))] == []


def test_the_messages_of_every_room_are_found():
    assert {
        "Contributions",
        "Fund",
        "Narrow this list",
        "%(n)s records",
        "The first edition.",
        "An amount must be a finite number.",
        "Reason for the change",
        "currency\x04From",
        "What becomes public",
    } <= messages()
