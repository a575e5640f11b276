"""The forms of a page, as a browser finds them in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

BUTTONS = ("submit", "button", "image", "reset", "file")


@dataclass
class Box:
    """One field of a form: its sort, what it holds, and what may be chosen in it."""

    name: str
    sort: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    length: int = 0
    suggests: str = ""
    """The query by which records are suggested for it."""

    @property
    def is_open(self) -> bool:
        """Whether anything can be typed."""
        return self.sort in ("text", "textarea", "number", "password", "email", "search", "url")

    def named(self, name: str) -> Box:
        """The same under another name."""
        return Box(name, self.sort, self.values, self.choices, self.length, self.suggests)


@dataclass
class Form:
    """A form as a page shows it, and its enctype."""

    boxes: list[Box] = field(default_factory=list)
    is_multipart: bool = False
    identity: str = ""


class Reader:
    """Collects the forms of a page as Django writes it: every sign of markup in a value is escaped."""

    TAG = re.compile(r"<(form|input|select|textarea|option|/select|/textarea)\b([^>]*)>([^<]*)")
    ATTRIBUTE = re.compile(r"""([\w-]+)(?:="([^"]*)")?""")

    def __init__(self, page: str) -> None:
        self.forms: list[Form] = []
        self.inside: Box | None = None
        for tag, attributes, text in self.TAG.findall(page):
            self.tag(tag, attributes, text)

    def tag(self, tag: str, attributes: str, text: str) -> None:
        """Take up one tag with the text after it."""
        given = {name: unescape(value) for name, value in self.ATTRIBUTE.findall(attributes)}
        if tag == "form":
            is_multipart = "multipart" in given.get("enctype", "")
            self.forms.append(Form([], is_multipart, given.get("id", "")))
        elif tag == "option" and self.inside:
            self.inside.choices.append(given.get("value", ""))
            if "selected" in given:
                self.inside.values.append(given.get("value", ""))
        elif tag.startswith("/"):
            self.inside = None
        elif given.get("name") and self.forms:
            self.field(tag, given, text)

    def field(self, tag: str, given: Mapping[str, str], text: str) -> None:
        """Take up one field; boxes to tick under one name are one field."""
        sort = given.get("type", "text") if tag == "input" else tag
        if sort in BUTTONS or given["name"] == "csrfmiddlewaretoken":
            return
        boxes = self.forms[-1].boxes
        if sort in ("checkbox", "radio"):
            one = next((box for box in boxes if box.name == given["name"]), None)
            if one is None:
                boxes.append(one := Box(given["name"], sort))
            one.choices.append(given.get("value", "on"))
            one.values += [given.get("value", "on")] if "checked" in given else []
            return
        box = Box(given["name"], sort, length=int(given.get("maxlength", 0)))
        if "data-model-name" in given:
            names = ("app-label", "model-name", "field-name")
            box.suggests = urlencode({n.replace("-", "_"): given[f"data-{n}"] for n in names})
        if tag == "textarea":
            # A browser leaves out the line break with which a long text begins.
            box.values = [unescape(text.removeprefix("\r").removeprefix("\n"))]
        elif "value" in given:
            box.values = [given["value"]]
        boxes.append(box)
        self.inside = box if tag == "select" else None


def form_of(page: str, *, rows: int = 1) -> Form:
    """The form that the page is about, with that many new rows in each of its lists."""
    elsewhere = ("logout-form", "changelist-search")
    own = [form for form in Reader(page).forms if form.identity not in elsewhere]
    form = max(own, key=lambda one: len(one.boxes), default=Form())
    form.boxes = [*with_rows(form.boxes, rows)]
    return form


def with_rows(boxes: list[Box], rows: int) -> Iterator[Box]:
    """The fields, those of the empty row of each list as many times as rows are wanted."""
    counts = {box.name: int(box.values[0]) for box in boxes if box.name.endswith("-TOTAL_FORMS")}
    for box in boxes:
        if box.name in counts:
            yield Box(box.name, box.sort, [str(counts[box.name] + rows)])
        elif "__prefix__" not in box.name:
            yield box
        elif not box.name.endswith(("-id", "-record", "-DELETE")):
            start = counts[box.name.split("-__prefix__-")[0] + "-TOTAL_FORMS"]
            for place in range(start, start + rows):
                yield box.named(box.name.replace("__prefix__", str(place)))
