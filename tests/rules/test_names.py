import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules.han import simplified
from cooperation.rules.names import forms, likeness, names_in

pytestmark = pytest.mark.once


def alike(one, other, *, of_person=False):
    """By how much the two names are alike, in their likest forms."""
    mine, theirs = forms(one, of_person=of_person), forms(other, of_person=of_person)
    return max((likeness(a, b) for a in mine for b in theirs), default=0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Legal forms
        ("㈜삼성전자", "삼성전자 주식회사"),
        ("(주)삼성전자", "삼성전자"),
        ("카카오 유한책임회사", "카카오그룹"),
        ("재단법인 한국의 집", "(재)한국의집"),
        ("Samsung Electronics Co., Ltd.", "Samsung Electronics"),
        ("Samsung Electronics Company Limited", "SAMSUNG ELECTRONICS CORP."),
        ("Example GmbH & Co. KG", "Example"),
        ("Total S.A.", "Total SA"),
        ("PT Telekom", "Telekom"),
        ("阿里巴巴集团有限公司", "阿里巴巴股份有限公司"),
        ("阿里巴巴集团控股有限公司", "阿里巴巴集团"),
        ("トヨタ自動車株式会社", "トヨタ自動車"),
        ("LG전자", "엘지전자 주식회사"),
        ("Alibaba Group Holding Co., Ltd.", "Alibaba Group"),
        ("Alibaba Group Holdings Limited", "Alibaba"),
        # A name in brackets is another one of the same record
        ("기획재정부(MOSF)", "기획재정부"),
        ("기획재정부(MOSF)", "MOSF"),
        ("기획재정부 （ＭＯＳＦ）", "mosf"),
        ("Ministry of Strategy and Finance (MOSF)", "Ministry of Strategy & Finance"),
        ("Korea Exchange (한국거래소)", "한국거래소 주식회사"),
        # Scripts and ways of writing
        ("阿里巴巴集團", "阿里巴巴集团"),
        ("華為技術有限公司", "华为技术"),
        ("阿里巴巴集团", "Alibaba Group"),
        ("알리바바", "阿里巴巴"),
        ("小米", "Xiaomi Corp."),
        ("中国银行", "Zhongguo Yinhang"),
        ("重庆长安汽车", "Chongqing Chang'an Qiche"),
        ("삼성전자", "Samsung Jeonja"),
        ("롯데", "Lotte Co., Ltd."),
        ("카카오", "Kakao"),
        # Romanisations
        ("Samsung Electronics", "Samseong Electronics"),
        ("Hyundai Motor", "Hyeondae Motor"),
        # Spelling, case, width and signs
        ("Ministry of Strategy and Finance", "Ministry of Strategy & Finance"),
        ("Ministry of Strategy and Finance", "Ministry of Strategie and Finance"),
        ("ALIBABA", "Ａｌｉｂａｂａ"),
        ("Électricité de France", "Electricite de France"),
        # Nothing but a legal form
        ("Group", "group"),
        ("公司", "公司"),
    ],
)
def test_these_are_nearly_the_same_name(one, other):
    assert alike(one, other) >= 89
    assert alike(other, one) == alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("삼성전자", "삼성전기"),
        ("Samsung Electronics", "Samsung Electro-Mechanics"),
        ("Alibaba", "Alibaba Holding"),
        ("SK", "SK Holdings Co., Ltd."),
        ("롯데", "롯데지주"),
        ("Forum 2014 (MOSF)", "Forum 2015 (MOSF)"),
        ("Bank (Korea)", "Bank (China)"),
        ("Bank of Korea", "Korea Bank"),
        ("Government of Korea", "Government of China"),
        ("中国银行", "中国农业银行"),
        ("财政部", "教育部"),
        ("기획재정부", "기획재경부"),
        ("Forum 2014", "Forum 2015"),
        ("국민은행 1지점", "국민은행 2지점"),
        ("Korea Company", "Korean Air"),
        ("Company", "Group"),
        ("", ""),
        ("!?", "…"),
    ],
)
def test_these_are_two_names(one, other):
    assert alike(one, other) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("马云", "Ma Yun"),
        ("马云", "Yun Ma"),
        ("馬雲", "马云"),
        ("이재용", "Lee Jae-yong"),
        ("이재용", "Jae Yong Lee"),
        ("Yi Chaeyong", "Lee Jae Yong"),
        ("박근혜", "Park Geun-hye"),
        ("박근혜", "Pak Kŭnhye"),
        ("최태원", "Chey Tae-won"),
        ("习近平", "Xi Jinping"),
        ("Obama, Barack", "Barack Obama"),
    ],
)
def test_people_are_found_whichever_name_comes_first(one, other):
    assert alike(one, other, of_person=True) >= 89


@pytest.mark.parametrize(
    ("one", "other"),
    [("김민수", "김민주"), ("李伟", "李炜"), ("Kim Min-soo", "Kim Min-ju"), ("马云", "马化腾")],
)
def test_people_with_other_names_are_others(one, other):
    assert alike(one, other, of_person=True) == 0


def test_only_the_names_of_people_are_turned_about():
    assert alike("Bank Korea", "Korea Bank", of_person=True) == 100
    assert alike("Bank Korea", "Korea Bank") == 0


def test_what_only_sounds_the_same_is_less_alike():
    assert alike("Hyundai", "Hyundai Inc.") == 100
    assert alike("Hyundai", "Hyeondae") == 99


def test_traditional_characters_are_read_as_simplified_ones():
    assert simplified("韓國銀行 財政部 ABC 한국") == "韩国银行 财政部 ABC 한국"


@given(st.text(max_size=60), st.booleans())
def test_any_name_is_itself_and_has_few_forms(name, of_person):
    found = forms(name, of_person=of_person)
    assert len(found) <= 3 * len(names_in(name)) <= 9
    assert all(form.plain and likeness(form, form) in (99, 100) for form in found)


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_name_is_more_like_another_than_that_is_like_it(one, other):
    assert alike(one, other) == alike(other, one)
