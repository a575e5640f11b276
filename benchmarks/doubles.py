"""What finding doubles costs among many organizations: `make proof-doubles`, or with RECORDS=1000000.

Makes up organizations with names in three languages in a database of its own, some of them twice
under another legal form, script, romanisation or spelling, and says how many of these are found and
in which time: of all pairs at once, of one name while it is typed, and after one was changed.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 -- Django has to be set up first
from django.utils import timezone  # noqa: E402 -- Django has to be set up first

from cooperation.desk.likeness import pairs  # noqa: E402  # settings come first
from cooperation.desk.likeness.index import Names, names_of  # noqa: E402  # settings come first
from cooperation.desk.models import Organization, OrganizationName  # noqa: E402  # settings come first

SECONDS = 60
RUNS = 30
BATCH = 2000
EVERY = 200
"""Of so many organizations one is entered twice."""
ENGLISH = [
    "Korea",
    "Seoul",
    "Hankook",
    "Daehan",
    "Global",
    "Pacific",
    "United",
    "First",
    "National",
    "Asia",
    "Blue",
    "Green",
    "Han",
    "River",
    "Star",
    "Trade",
    "Export",
    "Import",
    "Food",
    "Farm",
    "Steel",
    "Ship",
    "Rail",
    "Film",
    "Media",
    "Bank",
    "Capital",
    "Energy",
    "Solar",
    "Chip",
    "Electronics",
    "Motor",
    "Chemical",
    "Bio",
    "Medical",
    "Travel",
    "Logistics",
    "Research",
    "Industrial",
]
KOREAN = [
    "대한",
    "한국",
    "서울",
    "한강",
    "세계",
    "태평",
    "제일",
    "국민",
    "아시아",
    "청록",
    "미래",
    "우리",
    "동방",
    "신한",
    "무역",
    "수출",
    "식품",
    "농업",
    "제철",
    "조선",
    "철도",
    "영화",
    "매체",
    "은행",
    "금융",
    "전력",
    "태양",
    "반도체",
    "전자",
    "자동차",
    "화학",
    "생명",
    "의료",
    "여행",
    "물류",
    "연구",
    "산업",
]
CHINESE = [
    "中国",
    "华夏",
    "上海",
    "北京",
    "长江",
    "黄河",
    "东方",
    "第一",
    "国家",
    "亚洲",
    "蓝天",
    "绿地",
    "未来",
    "太平洋",
    "贸易",
    "出口",
    "食品",
    "农业",
    "钢铁",
    "船舶",
    "铁路",
    "电影",
    "传媒",
    "银行",
    "金融",
    "能源",
    "太阳",
    "芯片",
    "电子",
    "汽车",
    "化工",
    "生物",
    "医疗",
    "旅游",
    "物流",
    "研究",
    "工业",
]
SIGNS = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
# How the second entry is written, and the first.
WAYS: list[tuple[str, Callable[[list[str]], str], Callable[[list[str]], str]]] = [
    ("legal form", lambda w: f"{w[0]} Co., Ltd.", lambda w: f"{w[0]} Corporation"),
    ("㈜", lambda w: f"㈜{w[1]}", lambda w: f"{w[1]} 주식회사"),
    ("集团", lambda w: f"{w[2]}集团", lambda w: f"{w[2]}股份有限公司"),
    ("spelling", lambda w: w[0], lambda w: w[0].replace("a", "aa", 1)),
]


def main() -> None:
    """Fill the desk, find the doubles, and say what it cost."""
    call_command("migrate", verbosity=0)
    count = int(os.environ.get("RECORDS", "100000"))
    twice = fill(count)
    with names_of("organization") as names:
        reading = spent(names.catch_up)
        finding = spent(lambda: pairs.find(names))
        print(
            f"{count:,} organizations, {sum(1 for _one in names.everything()):,} names in all forms"
        )
        print(f"  names read and put down       {reading:7.1f} s")
        print(f"  all likely pairs found        {finding:7.1f} s")
        found = {(pair.one, pair.other) for pair in pairs.kept(names)[1]}
        for way, those in twice.items():
            print(f"  entered twice, {way:<14} {len(those & found):4} of {len(those)} found")
        print(
            f"  pairs found {len(found):,}, of which {sum(map(len, twice.values())):,} were entered twice"
        )
        times = typing(names)
        print(
            f"  a name while it is typed      {statistics.median(times):7.1f} ms, at most {max(times):.1f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  memory at most {peak:,} MB")
    if reading + finding > SECONDS:
        sys.exit(f"This took {reading + finding:.0f} s of processor, and may take {SECONDS}.")


def fill(count: int) -> dict[str, set[tuple[int, int]]]:
    """Enter the organizations; which of them are the same one, by the way in which they differ."""
    chance = random.Random(count)  # noqa: S311 -- made-up records, not secrets
    twice: dict[str, set[tuple[int, int]]] = {way: set() for way, _one, _other in WAYS}
    made: list[Organization] = []
    while len(made) < count:
        words = made_up(chance)
        number = len(made)
        if number % EVERY == 0 and number + 1 < count:
            way, one, other = WAYS[number // EVERY % len(WAYS)]
            made += [organization(number + 1, one(words)), organization(number + 2, other(words))]
            twice[way].add((number + 1, number + 2))
        else:
            made.append(organization(number + 1, *(f"{words[0]} Inc.", words[1], words[2])))
    for begin in range(0, count, BATCH):
        Organization.objects.bulk_create(made[begin : begin + BATCH])
        print(f"\r  {begin + BATCH:,} of {count:,} entered", end="", file=sys.stderr)
    print(file=sys.stderr)
    short = (
        OrganizationName(
            record_id=pk, part_id="short", position=1, type="short", text=made_up(chance)[1]
        )
        for pk in range(3, count, 3)
    )
    OrganizationName.objects.bulk_create(short, batch_size=BATCH)
    return twice


def made_up(chance: random.Random) -> list[str]:
    """A name in English, in Korean and in Chinese."""
    own = "".join(chance.choices("aeiou", k=2) + chance.choices("bdklmnrst", k=3))
    english = " ".join(
        [chance.choice(ENGLISH), "".join(chance.sample(own, 5)).title(), *chance.sample(ENGLISH, 2)]
    )
    korean = chance.choice(KOREAN) + "".join(chance.choices(SIGNS, k=3)) + chance.choice(KOREAN)
    chinese = "".join(
        [
            chance.choice(CHINESE),
            *(chr(chance.randint(0x4E00, 0x9FA5)) for _ in "ab"),
            chance.choice(CHINESE),
        ]
    )
    return [english, korean, chinese]


def organization(pk: int, english: str, korean: str = "", chinese: str = "") -> Organization:
    """An organization as the desk keeps it."""
    return Organization(
        pk=pk, key=f"organization-{pk}", type="firm", updated_at=timezone.now(),
        title_en=english, title_ko=korean, title_zh_hans=chinese,
    )  # fmt: skip


def spent(act: Callable[[], Any]) -> float:
    """Seconds of processor that it takes."""
    begin = time.process_time()
    act()
    return time.process_time() - begin


def typing(names: Names) -> list[float]:
    """The milliseconds that names in three languages take together, of as many as are tried."""
    chance = random.Random(1)  # noqa: S311 -- made-up names, not secrets
    times = []
    for _run in range(RUNS):
        some = made_up(chance)
        times.append(1000 * spent(partial(ask, names, some)))
    return times


def ask(names: Names, some: list[str]) -> None:
    """As the desk does for each letter that is typed."""
    names.catch_up()
    names.like(some)


if __name__ == "__main__":
    main()
