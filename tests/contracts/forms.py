"""Any form of the desk, read from its page and sent as a browser would, until it is taken.

Nothing here knows a field: what is refused is taken back, and what is demanded is tried with
values that some field takes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.test import Client

from .boxes import Box, Form, form_of

ROUNDS = 20
REDRAWN = 8
# What some field takes that takes neither the value tried nor nothing.
ACCEPTED = ("2015-01-28", "7", "title", "https://portal.example/", "Q7")
PASSWORD = "a long enough passphrase"
LONGEST_LIST = 12


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
        self.wanted: Wanted = lambda box: None
        self.known: Sent = {}
        """What was taken before on the same form, to be sent in place of what is refused."""

    def answers(self, wanted: Wanted, *, rounds: int = ROUNDS) -> Iterator[Any]:
        """The answer to each try; the last one takes the form, or the rounds are over."""
        self.sent = {box.name: self.first(box, wanted) for box in self.form.boxes}
        self.tries, self.wanted = {}, wanted
        for _ in range(rounds):
            answer = self.post()
            yield answer
            if answer.status_code == 302:
                self.remember()
            if answer.status_code != 200 or answer.context is None:
                return
            refused = refused_fields(answer)
            if not refused:
                return
            for name in refused:
                self.take_back(name)

    def remember(self) -> None:
        """Note what was taken in place of what was refused, and what was chosen."""
        for box in self.form.boxes:
            if box.name in self.tries or box.sort == "select":
                self.known[box.name] = self.sent[box.name]

    def again(self, wanted: Wanted) -> Any:
        """The answer to what was taken last, with other values where the wanted ones were taken."""
        for box in self.form.boxes:
            old, new = (one(box) if box.is_open else None for one in (self.wanted, wanted))
            if new is not None and self.sent[box.name] == [old]:
                self.sent[box.name] = [new]
        self.wanted = wanted
        return self.post()

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
        if box.name in self.known:
            return self.known.pop(box.name)
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
        if self.known.get(name, self.sent.get(name)) != self.sent.get(name):
            self.sent[name] = self.known.pop(name)
            self.tries.setdefault(name, iter([b"", *map(str.encode, ACCEPTED)]))
        elif box and box.sort == "password":
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
