"""Which encoding a text is in: what it says of itself, else by which reading it makes sense."""

import codecs
from collections.abc import Collection

MARKS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOSTLY = 0.5
LOOKED_AT = 100_000
# The syllables that Korean texts are mostly made of; Chinese that is read as Korean has others.
COMMON_HANGUL = frozenset(
    "가각간갈감갑강개거건걸검것게겠격견결경계고곡곤공과관광교구국군권귀규그극근글금급기긴길김까께꼭끝나난날남납내너널네년노녹"
    "논농높누는능니다단달담답당대더덕던데도독돈동된될두드득든들등디따때또라락란람랑래략량러런럼레려력련렬렴령례로록론료루류륙"
    "률르른를름리린림립마막만말망매맥머먹먼멀메며면명모목못몰무문물미민및밀바박반발밝방배백버번벌법베벤변별병보복본봉부북분불"
    "브비빈사산살삼상새색생서석선설섬성세센소속손송수숙순술스습승시식신실심십싶써아악안않알암압았앞애액야약양어억언얼업없었에"
    "여역연열염엽영예오온올와완왔외요용우운울움워원월위유육윤으은을음응의이익인일임입있자작잘장재저적전절점접정제져조족존종좌"
    "주준줄중즉증지직진질집짜째쪽차착찬참창채책처천철첫청체초총최추축출충취측층치친침칭카코콘크클키타탁탄탈태택터테토통투트특"
    "파판팔패편평폐포표품풍프피필하학한할함합항해했행향허험현협형혜호혹혼화확환활황회획효후훈휴흐희히힘"
)
# The 3,755 characters that Chinese texts are nearly wholly made of.
COMMON_HAN = frozenset(
    bytes((first, second)).decode("gb2312", "ignore")
    for first in range(0xB0, 0xD8)
    for second in range(0xA1, 0xFF)
)


def likely(data: bytes) -> list[str]:
    """The encodings to be tried in turn: `utf-16` alone, or `utf-8` and one of `cp949` and `gb18030`.

    The last is left out where the text is none in Korean or Chinese.
    """
    if data.startswith(MARKS_OF_UTF_16) or _half_of_nothing(data):
        return ["utf-16"]
    other = korean_or_chinese(data)
    return ["utf-8", other] if other else ["utf-8"]


def korean_or_chinese(data: bytes) -> str | None:
    """`cp949` or `gb18030`, whichever makes more sense: the same bytes are often good in both; None for neither."""
    korean, chinese = read(data, "cp949"), read(data, "gb18030")
    # Korean that is read as Chinese is all common characters too, so Korean is asked about first.
    if _share(korean, COMMON_HANGUL) >= MOSTLY:
        return "cp949"
    return "gb18030" if _share(chinese, COMMON_HAN) >= MOSTLY else None


def read(data: bytes, encoding: str) -> str | None:
    """The text in that encoding, without the mark that may begin it; None where it is none in it."""
    codec = {"utf-8": "utf-8-sig", "utf-16": _utf_16(data)}.get(encoding, encoding)
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def _share(text: str | None, common: Collection[str]) -> float:
    """How much of what is not ASCII is common, at the beginning of a text; 0 where there is no text."""
    beginning = (text or "")[:LOOKED_AT]
    beyond = len(beginning) - sum(map(str.isascii, beginning))
    return sum(map(common.__contains__, beginning)) / beyond if beyond else 0.0


def _half_of_nothing(data: bytes) -> bool:
    """Whether it looks like Latin text in UTF-16 without the mark that should begin it."""
    start = data[:64]
    return len(data) % 2 == 0 and any(
        set(start[place::2]) == {0} and 0 not in start[1 - place :: 2] for place in (0, 1)
    )


def _utf_16(data: bytes) -> str:
    if data.startswith(MARKS_OF_UTF_16):
        return "utf-16"
    return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
