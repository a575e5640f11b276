"""Puts the values of one document into the words of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import (
    Code,
    Date,
    Group,
    Member,
    Money,
    PartName,
    Quantity,
    Reference,
    Text,
    Texts,
    inner,
)
from cooperation.gazette.shapes.vocabularies import CURRENCIES, LANGUAGES
from cooperation.rules import dates, money
from cooperation.rules.languages import pick

from .footnotes import Footnotes
from .forms import FORMS
from .links import localized
from .values import Fact, Tag, Value

Found = Value | None
Sort = type[Member] | tuple[type[Member], ...]
BRACKETS = {"en": "{} ({})", "ko": "{}({})", "zh-Hans": "{}（{}）"}
COMMA = {"en": ", ", "ko": ", ", "zh-Hans": "，"}
"""Between the parts of one name."""
COMMAS = {"en": ", ", "ko": ", ", "zh-Hans": "、"}
NAMING = (Reference, Texts, Text, Code, Money)
"""What names a part, the best first."""


class Wording:
    """Tells what each member of a document says, in one language, with its footnotes."""

    def __init__(
        self, document: Mapping[str, Any], language: str, footnotes: Footnotes | None = None
    ) -> None:
        self.document = document
        self.language = language
        self.footnotes = footnotes or Footnotes(())
        self._editorial = frozenset(document.get("editorial", ()))
        self._part_labels: dict[str, Mapping[str, str]] = {}

    def fact(self, name: str, member: Member, holder: Mapping[str, Any], path: str) -> Fact:
        """What the holder says under that name, as a labelled fact; the path is the member's own."""
        value = holder.get(name)
        spoken = holder.get("lang")
        if member.many:
            values, notes = self._list(member, value or [], path)
        else:
            one = self.value(member, value, path, spoken)
            notes = self.footnotes.at(path, within=True)
            if one:
                values, notes = (one.noted(notes),), ()
            else:
                values = ()
        many = member.many or (not values and _may_be_absent(member))
        return Fact(name, str(member.label), values, notes, many)

    def facts(
        self, members: Mapping[str, Member], holder: Mapping[str, Any], above: str = ""
    ) -> Iterator[Fact]:
        """One fact for each of the members."""
        for name, member in members.items():
            yield self.fact(name, member, holder, f"{above}{name}")

    def value(self, member: Member, value: Any, path: str, spoken: str | None = None) -> Found:
        """One value in words, without footnotes; None where it is not known.

        `spoken` is the language of a text that stands beside it, where the document names one.
        """
        if value is None:
            return None
        if isinstance(member, Texts):
            return self.texts(value, path)
        if isinstance(member, Text):
            # What is kept in one language is written in the main one, unless something else is said.
            return Value("text", value, self._foreign(spoken or settings.PORTAL_MAIN_LANGUAGE))
        if isinstance(member, Group):
            return self._group(member, value, path)
        return FORMS[type(member)](self, member, value, path)

    def texts(self, value: Mapping[str, str | None], path: str) -> Found:
        """A language map in the language of the page, else in another, which is marked."""
        picked = pick(value, self.language, settings.PORTAL_MAIN_LANGUAGE)
        if not picked.text:
            return None
        tags = self._fallback_tags(picked.language)
        if f"{path}/{picked.language}" in self._editorial:
            tags += (Tag("editorial", _("portal’s wording")),)
        return Value("text", picked.text, self._foreign(picked.language), tags=tags)

    def reference(self, value: Mapping[str, Any]) -> Value:
        """Another record by its title, with a link to it; by its key where it was withdrawn.

        The link then leads to what its address says of that: the day, the reason and its history.
        """
        picked = pick(value["title"], self.language, settings.PORTAL_MAIN_LANGUAGE)
        address = value["url"] or f"/{KINDS[value['kind']].plural}/{value['key']}/"
        url = localized(address, self.language)
        if not picked.text:
            gone = Tag("gone", pgettext("record", "withdrawn"))
            return Value("reference", value["key"], "", url, tags=(gone,))
        tags = self._fallback_tags(picked.language)
        return Value("reference", picked.text, self._foreign(picked.language), url, tags=tags)

    def amount(self, value: Mapping[str, str], *, converted: bool = False) -> Value:
        """Money in words with the exact figure, and what it comes to in the portal's currencies."""
        amount, currency = value["amount"], value["currency"]
        return Value(
            "money",
            money.format_amount(amount, currency, self.language),
            machine=amount,
            exact=f"{currency} {money.parse_amount(amount):,f}",
            details=tuple(self._conversions(value)) if converted else (),
        )

    def conversion(self, other: Mapping[str, str]) -> str:
        """What an amount comes to in another currency, with the rate, its day and its source."""
        return _("%(amount)s at %(rate)s on %(date)s (%(source)s)") % {
            "amount": money.format_amount(other["amount"], other["currency"], self.language),
            "rate": other["rate"],
            "date": dates.format_date(other["rate_date"], self.language),
            "source": other["source"],
        }

    def part_name(self, listed: Member, part: Mapping[str, Any]) -> str:
        """What a part is called: the value that names it best, with its date if it has one."""
        named = self._values(listed, part, NAMING)[:1]
        dated = [dates.format_date(part["date"], self.language)] if part.get("date") else []
        return COMMA[self.language].join([*named, *dated]) or str(part["id"])

    def part_in_brief(self, listed: Member, part: Mapping[str, Any]) -> str:
        """What a part names, in few words: `Chairman, Alibaba Group`."""
        named = self._values(listed, part, [(Texts, Reference)])
        named = named or self._values(listed, part, (Code,))[:1]
        return COMMA[self.language].join(named) or str(part["id"])

    def part_in_full(self, listed: Member, part: Mapping[str, Any]) -> str:
        """All short values by which a part can be named: `Alibaba Group, Proposed, ₩40 billion`."""
        named = dict.fromkeys(self._values(listed, part, (*NAMING[:2], Quantity, *NAMING[2:])))
        return COMMA[self.language].join(named) or str(part["id"])

    def part_language(self, listed: Member, part: Mapping[str, Any]) -> str | None:
        """The language of the text by which a part is called, where it is not the page's."""
        shown = self._shown(listed, part, NAMING[:2])
        return shown[0].language if shown else None

    def part_told(self, listed: Member, part: Mapping[str, Any]) -> str:
        """What a part names, with its first code besides: `Alibaba Group (Counterpart)`."""
        named = self.part_in_brief(listed, part)
        codes = [text for text in self._values(listed, part, [Code]) if text != named]
        return BRACKETS[self.language].format(named, codes[0]) if codes else named

    def part_label(self, name: str, part_id: str) -> str | None:
        """What tells the part of that list from its neighbours; None where the list has no such part."""
        if name not in self._part_labels:
            listed = shape(self.document["kind"])[name]
            self._part_labels[name] = self._told_apart(listed, self.document.get(name) or ())
        return self._part_labels[name].get(part_id)

    def _told_apart(self, listed: Member, parts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """For each part by id: its name; where that is not its alone, also its other values, else its id."""
        ways = {part["id"]: self._ways_to_tell(listed, part) for part in parts}
        often = Counter(text for texts in ways.values() for text in texts)
        return {part_id: min(texts, key=often.__getitem__) for part_id, texts in ways.items()}

    def _ways_to_tell(self, listed: Member, part: Mapping[str, Any]) -> tuple[str, ...]:
        name = self.part_name(listed, part)
        # An amount names a part that has nothing else; beside a name it is what may have changed.
        others = [text for text in self._values(listed, part, NAMING[:-1]) if text not in name]
        longer = [f"{name} ({COMMA[self.language].join(others)})"] if others else []
        return (name, *longer, f"{name} ({part['id']})")

    def _values(self, listed: Member, part: Mapping[str, Any], sorts: Sequence[Sort]) -> list[str]:
        """The short values of these sorts that the part holds, in words and in the order of the sorts."""
        return [value.text for value in self._shown(listed, part, sorts)]

    def _shown(self, listed: Member, part: Mapping[str, Any], sorts: Sequence[Sort]) -> list[Value]:
        shown = [
            self.value(member, part.get(name), "")
            for sort in sorts
            for name, member in inner(listed).items()
            if isinstance(member, sort) and not member.many and not getattr(member, "long", False)
        ]
        return [value for value in shown if value]

    def language_name(self, code: str) -> str:
        """What the page's readers call a language."""
        return LANGUAGES.label(code, self.language)

    def _list(
        self, member: Member, items: list[Any], path: str
    ) -> tuple[tuple[Value, ...], tuple[int, ...]]:
        values = []
        for index, item in enumerate(items):
            own = f"{path}/{item['key'] if isinstance(item, dict) and 'key' in item else item}"
            shown = self.value(member, item, path)
            if shown:
                notes = {
                    *self.footnotes.at(f"{path}/{index}", within=True),
                    *(self.footnotes.at(own) if len(own) < 200 else ()),
                }
                values.append(shown.noted(tuple(sorted(notes))))
        return tuple(values), self.footnotes.at(path)

    def _group(self, member: Group, value: Mapping[str, Any], path: str) -> Found:
        printed = _money_in(value, member)
        if printed:
            return self._printed(value, printed)
        facts = tuple(f for f in self.facts(member.members, value, f"{path}/") if f.is_known)
        return Value("group", "", facts=facts) if facts else None

    def _printed(self, value: Mapping[str, Any], amount: Mapping[str, str]) -> Value:
        """An amount as a source prints it, and the figure that is meant."""
        meant = self.amount(amount)
        text = value.get("text")
        if not text or text == meant.text:
            return meant
        return Value("printed", text, "", machine=meant.machine, exact=meant.text)

    def _conversions(self, value: Mapping[str, Any]) -> Iterator[str]:
        known = {value["currency"]}
        for other in value["converted"]:
            known.add(other["currency"])
            yield self.conversion(other)
        missing = [code for code in settings.PORTAL_CURRENCIES if code not in known]
        if missing:
            names = (CURRENCIES.label(code, self.language) for code in missing)
            yield _("In %(currencies)s: unknown") % {
                "currencies": COMMAS[self.language].join(names)
            }

    def _foreign(self, language: str) -> str | None:
        return language if language != self.language else None

    def _fallback_tags(self, language: str) -> tuple[Tag, ...]:
        return () if language == self.language else (Tag("fallback", self.language_name(language)),)


def _may_be_absent(member: Member) -> bool:
    """Whether nothing under the member means that there is none recorded, not that it is unknown."""
    return (
        isinstance(member, PartName)
        or (isinstance(member, Date) and member.ends)
        or (isinstance(member, Group | Reference) and member.optional)
    )


def _money_in(value: Mapping[str, Any], member: Group) -> dict[str, str] | None:
    """The amount and currency of a group that holds both."""
    if not isinstance(member.members.get("amount"), Quantity):
        return None
    if value.get("amount") is None or value.get("currency") is None:
        return None
    return {"amount": value["amount"], "currency": value["currency"]}
