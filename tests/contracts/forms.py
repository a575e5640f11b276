"""Any form of the desk, read from its page and sent as a browser would, until it is taken.

Nothing here knows a field: what is refused is taken back, and what is demanded is tried with
values that some field takes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from django.test import Client

ROUNDS = 20
REDRAWN = 8
# What some field takes that takes neither the value tried nor nothing.
ACCEPTED = ("2015-01-28", "7", "title", "https://portal.example/", "Q7")
PASSWORD = "a long enough passphrase"
LONGEST_LIST = 12
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


Sent = dict[str, list[bytes]]
Wanted = Callable[[Box], bytes | None]
"""What is tried in a field; None where nothing is typed into it."""


class Filling:
    """Sends a form again and again, each time without what was refused, until it is taken."""

    def __init__(
        self, client: Client, address: str, *, rows: int = 1, seed: int = 1, naming: str = ""
    ) -> None:
        self.client = client
        self.address = address
        self.naming = naming
        """The record to refer to, where it may be referred to; with it no more is chosen than is needed."""
        self.choose = random.Random(seed)
        page = client.get(address)
        self.form = form_of(page.content.decode(), rows=rows) if page.status_code == 200 else Form()
        self.boxes = {box.name: box for box in self.form.boxes}
        self.suggested: dict[str, list[str]] = {}
        self.sent: Sent = {}
        self.tries: dict[str, Iterator[bytes]] = {}

    def answers(self, wanted: Wanted, *, rounds: int = ROUNDS) -> Iterator[Any]:
        """The answer to each try; the last one takes the form, or the rounds are over."""
        self.sent = {box.name: self.first(box, wanted) for box in self.form.boxes}
        self.tries = {}
        for _ in range(rounds):
            answer = self.post()
            yield answer
            if answer.status_code != 200 or answer.context is None:
                return
            refused = refused_fields(answer)
            if not refused:
                return
            for name in refused:
                self.take_back(name)

    def first(self, box: Box, wanted: Wanted) -> list[bytes]:
        """What is tried first."""
        if box.sort == "hidden":
            return [value.encode() for value in box.values]
        value = wanted(box) if box.is_open else None
        if value is not None:
            return [value]
        if self.naming and not box.suggests:
            return [value.encode() for value in box.values]
        return self.chosen(box)

    def chosen(self, box: Box) -> list[bytes]:
        """One of the choices, or what the field holds."""
        if box.suggests:
            offered = self.offered(box.suggests)
            return [self.choose.choice(offered).encode()] if offered else [b""]
        offered = [choice for choice in islice(box.choices, LONGEST_LIST) if choice]
        if box.sort == "select" and offered:
            return [self.choose.choice(offered).encode()]
        return [value.encode() for value in box.values]

    def offered(self, query: str) -> list[str]:
        """The records that the desk suggests."""
        if query not in self.suggested:
            for term in dict.fromkeys((self.naming, "")):
                answer = self.client.get(f"/admin/autocomplete/?{query}&term={term}")
                self.suggested[query] = [one["id"] for one in answer.json()["results"]]
                if self.suggested[query]:
                    break
        return self.suggested[query]

    def take_back(self, name: str) -> None:
        """Try another value in a field that was refused, or in all of a row that does not fit together."""
        box = self.boxes.get(name)
        if box and box.sort == "password":
            self.sent |= {one.name: [PASSWORD.encode()] for one in self.typed("password")}
        elif box and box.is_open:
            tries = self.tries.setdefault(name, iter([b"", *map(str.encode, ACCEPTED)]))
            value = next(tries, None)
            self.sent[name] = [value or b""]
            if value is None:
                self.leave_out(name)
        elif box:
            self.sent[name] = self.chosen(box)
            if self.sent[name] == [b""]:
                self.leave_out(name)
        else:
            self.redraw(name)

    def typed(self, sort: str) -> list[Box]:
        """The fields of that sort."""
        return [box for box in self.form.boxes if box.sort == sort]

    def redraw(self, name: str) -> None:
        """Choose anew, or leave empty, what can be chosen in a row; in the end leave it out."""
        prefix = name.removesuffix("__all__")
        tries = self.tries.setdefault(name, iter([b""] * REDRAWN))
        if next(tries, None) is None:
            self.leave_out(name)
            return
        for box in self.form.boxes:
            is_meant = box.name.startswith(prefix) and (prefix or "-" not in box.name)
            if box.sort == "select" and is_meant:
                self.sent[box.name] = self.choose.choice([[b""], self.chosen(box)])

    def leave_out(self, name: str) -> None:
        """Send the row of that field as it came, empty: then the desk takes no notice of it."""
        row = re.match(r"\w+-\d+-", name)
        for box in self.form.boxes:
            if row and box.name.startswith(row[0]):
                self.sent[box.name] = [value.encode() for value in box.values]

    def post(self) -> Any:
        """The answer to what is sent now."""
        if self.form.is_multipart:
            body, content_type = multipart(self.sent)
        else:
            body, content_type = urlencoded(self.sent)
        return self.client.post(self.address, body, content_type=content_type)


def urlencoded(sent: Sent) -> tuple[bytes, str]:
    """The fields as a browser sends most forms; bytes stay what they are."""
    pairs = [f"{quote(name)}={quote(value)}" for name, values in sent.items() for value in values]
    return "&".join(pairs).encode(), "application/x-www-form-urlencoded"


def multipart(sent: Sent) -> tuple[bytes, str]:
    """The fields as a browser sends forms with long texts."""
    parts = [
        b'--limit\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), value)
        for name, values in sent.items()
        for value in values
    ]
    return b"".join([*parts, b"--limit--\r\n"]), "multipart/form-data; boundary=limit"


def refused_fields(answer: Any) -> list[str]:
    """The names of the fields in which the page says that something is wrong; a row as `prefix-__all__`."""
    found = []
    for form in forms_shown(answer.context):
        found += [form.add_prefix(name) for name in form.errors]
    for one in answer.context.get("inline_admin_formsets") or ():
        if one.formset.non_form_errors():
            found.append(f"{one.formset.prefix}-__all__")
    return found


def forms_shown(context: Any) -> Iterator[Any]:
    """Every bound form of the page."""
    if "adminform" in context:
        yield context["adminform"].form
        for one in context.get("inline_admin_formsets") or ():
            yield from one.formset.forms
    elif hasattr(context.get("form"), "errors"):
        yield context["form"]
