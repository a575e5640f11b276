"""Editors who change a record by its form, choose where they meet others, and remember all that they were shown."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.desk.admin.choosing import CHOICE, side_of

from .boxes import form_of

TEXTS = {
    "commitments": ("title_en", "title_ko", "title_zh_hans"),
    "citations": ("locator", "note", "attributed_to"),
}
OWN = ("title_en", "title_ko", "title_zh_hans", "purpose_en", "purpose_ko")
MOST_ROWS = 5
PATIENCE = 30
Sent = dict[str, list[str]]


@dataclass
class Save:
    """A save that was acknowledged: what was typed, over which version, and what was chosen."""

    by: str
    reason: str
    version: int
    """The version that the form or the page of the conflict had shown."""
    typed: dict[str, str]
    """What was typed anew, by the name that the page of a conflict gives it; a row that goes is empty."""
    chosen: dict[str, str] | None = None
    """Whose stands of what, where there was a conflict."""
    took: dict[str, str] = field(default_factory=dict)
    """By the name of a row that is new, what was typed into it."""


@dataclass
class Tally:
    """How often what happened."""

    conflicts: int = 0
    overtaken: int = 0
    mine: int = 0
    theirs: int = 0
    typed_on: int = 0


class Editor:
    """Somebody who opens a form, types into some of its fields and rows, and saves until it is taken."""

    gives_up = False
    """Whether a form that is refused for another reason than a conflict is left alone."""

    def __init__(self, name: str, client: Client, seed: int, source: int) -> None:
        self.name = name
        self.client = client
        self.source = source
        self.random = random.Random(f"{name}{seed}")
        self.saves: list[Save] = []
        self.tally = Tally()
        self.count = 0

    def opened(self, address: str) -> Sent:
        """What the browser would send if nobody changed anything."""
        return sent_by(self.client.get(address))

    def edit(self, address: str, form: Sent) -> None:
        """Type something, and save it whatever is in the way."""
        self.count += 1
        reason = f"{self.name} {self.count}"
        form = {**form, "reason": [reason]}
        typed, took = self.type_into(form)
        save = Save(self.name, reason, int(form["version"][0]), typed, took=took)
        answer = self.client.post(address, form)
        for _ in range(PATIENCE):
            if answer.status_code == 302:
                self.saves.append(save)
                return
            if self.gives_up and not is_conflict(answer):
                return
            answer = self.settle(address, answer, save)
        raise AssertionError(f"{reason} is never taken: {answer.content.decode()[:5000]}")

    def settle(self, address: str, page: Any, save: Save) -> Any:
        """Choose at random on the page of a conflict, or go back and save once more what was typed."""
        sent = sent_by(page)
        choices = choices_of(page)
        if not is_conflict(page):
            raise AssertionError(f"{save.reason} is refused: {page.content.decode()[:20000]}")
        self.tally.conflicts += 1
        self.tally.overtaken += "the record was saved once more" in page.content.decode()
        if self.random.random() < 0.1:
            self.tally.typed_on += 1
            form = sent_by(self.client.post(address, {**sent, "_typed": "on"}))
            return self.client.post(address, form)
        save.chosen = {}
        for name, values in choices.items():
            value = self.random.choice(values)
            save.chosen[name.removeprefix(CHOICE)] = side_of(value)
            sent[name] = [value]
        save.version = int(sent["_shown"][0])
        sides = list(save.chosen.values())
        self.tally.mine += sides.count("mine")
        self.tally.theirs += sides.count("theirs")
        return self.client.post(address, {**sent, "_choose": "on"})

    # What is typed

    def type_into(self, form: Sent) -> tuple[dict[str, str], dict[str, str]]:
        """Change some fields and rows at random; what was typed where, and into which new rows."""
        typed: dict[str, str] = {}
        for name in self.random.sample(OWN, self.random.randint(0, 2)):
            typed[name] = self.text(form, name)
        took: dict[str, str] = {}
        for prefix in TEXTS:
            self.type_into_rows(form, prefix, typed)
            rows = int(form[f"{prefix}-TOTAL_FORMS"][0])
            if rows < MOST_ROWS and self.random.random() < 0.3:
                took[f"{prefix}-new-{rows}"] = self.add_row(form, prefix, rows)
        if not typed and not took:
            typed["title_en"] = self.text(form, "title_en")
        return typed, took

    def type_into_rows(self, form: Sent, prefix: str, typed: dict[str, str]) -> None:
        """Change some of the stored rows, and take some out."""
        for place in range(int(form[f"{prefix}-INITIAL_FORMS"][0])):
            name = f"{prefix}-{form[f'{prefix}-{place}-id'][0]}"
            lot = self.random.random()
            if lot < 0.12:
                form[f"{prefix}-{place}-DELETE"] = ["on"]
                typed[name] = ""
            elif lot < 0.5:
                column = self.random.choice(TEXTS[prefix])
                typed[f"{name}-{column}"] = self.text(form, f"{prefix}-{place}-{column}")

    def add_row(self, form: Sent, prefix: str, place: int) -> str:
        """Add a row to a list; the text in it."""
        form[f"{prefix}-TOTAL_FORMS"] = [str(place + 1)]
        if prefix == "commitments":
            form[f"{prefix}-{place}-contributor_class"] = ["other"]
            form[f"{prefix}-{place}-stage"] = ["proposed"]
        else:
            form[f"{prefix}-{place}-source"] = [str(self.source)]
        return self.text(form, f"{prefix}-{place}-{TEXTS[prefix][0]}")

    def text(self, form: Sent, name: str) -> str:
        """Type a text that nobody else types anywhere."""
        text = f"{self.name} {self.count} {self.random.getrandbits(40):x}"
        form[name] = [text]
        return text


def is_conflict(page: Any) -> bool:
    """Whether the page is that of a conflict."""
    return 'name="_shown"' in page.content.decode()


def sent_by(page: Any) -> Sent:
    """What a browser sends of the page's form as it stands."""
    sent: Sent = {}
    for box in form_of(page.content.decode(), rows=0).boxes:
        if box.values and "__prefix__" not in box.name:
            sent.setdefault(box.name, []).extend(box.values)
    return sent


def choices_of(page: Any) -> dict[str, list[str]]:
    """What may be chosen on the page of a conflict."""
    boxes = form_of(page.content.decode(), rows=0).boxes
    return {box.name: box.choices for box in boxes if box.name.startswith(CHOICE)}
