"""The page that imports exchange rates: a table, what it would change row by row, and then just that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cooperation.desk import conversion
from cooperation.desk.chronicle import REASON_LENGTH
from cooperation.desk.intake import rate_entry, tables
from cooperation.desk.intake.rate_entry import Outcome
from cooperation.desk.intake.rates import COLUMNS, TEMPLATE, Table, read
from cooperation.desk.intake.reading import Unreadable
from cooperation.desk.models import ExchangeRate
from cooperation.rules import money

from . import acts
from .guards import signed_in

EXAMPLE = ("2015-01-28", "USD", "KRW", "1085.30", "Bank of Korea")
LONGEST_SHOWN = 60
# In the colours of the states of records.
LOOKS = {
    Outcome.NEW: "published",
    Outcome.CHANGED: "changed",
    Outcome.UNCHANGED: "draft",
    Outcome.REPEATED: "draft",
    Outcome.ERROR: "withdrawn",
}


class Cell(NamedTuple):
    """One value of a row: as it would be stored, as it is on record, and as it is written."""

    after: str
    before: str = ""
    written: str = ""


class Line(NamedTuple):
    """One row of the preview."""

    number: int
    outcome: Outcome
    look: str
    cells: tuple[Cell, ...]
    same_as: int | None


@dataclass
class Sheet:
    """What was sent: the text of the table, and what came of reading it."""

    text: str = ""
    name: str = ""
    encoding: str = ""
    fault: str = ""
    table: Table | None = None
    plan: rate_entry.Plan | None = None
    reason_faults: list[str] = field(default_factory=list)
    is_overtaken: bool = False
    is_confirmed: bool = False

    def look(self) -> None:
        """Read the text, unless something was wrong with the file, and see what it would change."""
        if self.fault:
            return
        try:
            self.table = read(self.text)
        except Unreadable as refusal:
            self.fault = str(refusal)
            return
        self.plan = rate_entry.plan(self.table)

    @property
    def lines(self) -> Iterator[Line]:
        """Every row, with its outcome."""
        for item in self.plan.items if self.plan else ():
            cells, look = tuple(_cells(item)), LOOKS[item.outcome]
            yield Line(item.row.line, item.outcome, look, cells, item.row.same_as)

    @property
    def counts(self) -> list[tuple[Outcome, str, str]]:
        """The outcomes that occur, how each looks, and how many rows have it."""
        counts = self.plan.counts.items() if self.plan else ()
        return [(outcome, LOOKS[outcome], f"{count:,}") for outcome, count in counts if count]


def may_import(admin: Any, request: HttpRequest) -> bool:
    """Whether the user may both add and change rates."""
    return admin.has_add_permission(request) and admin.has_change_permission(request)


def page(admin: Any, request: HttpRequest) -> HttpResponse:
    """Asks for a table, shows what it would change, and on the word of the user changes it."""
    if not may_import(admin, request):
        raise PermissionDenied
    if request.method != "POST":
        return _template() if "template" in request.GET else _shown(admin, request, Sheet())
    sheet = _sent(request)
    if "confirm" in request.POST and not sheet.fault and not sheet.name:
        sheet.is_confirmed = True
        answer = _imported(admin, request, sheet)
        if answer:
            return answer
    sheet.look()
    return _shown(admin, request, sheet)


def _sent(request: HttpRequest) -> Sheet:
    """What the browser sent; a file that was chosen stands for the text, unless it cannot be read."""
    sheet = Sheet(text=request.POST.get("text", ""))
    file = request.FILES.get("file")
    if file is None:
        return sheet
    encoding = request.POST.get("encoding", "")
    try:
        text, sheet.encoding = tables.decoded(
            file.read(tables.MAX_BYTES + 1), encoding if encoding in tables.ENCODINGS else ""
        )
    except Unreadable as refusal:
        sheet.fault = str(refusal)
        return sheet
    sheet.text, sheet.name = text, str(file.name)
    return sheet


def _imported(admin: Any, request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """Where the import leads; None, with nothing done, where something speaks against it."""
    try:
        reason = rate_entry.clean_reason(request.POST.get("reason", ""))
    except ValueError as fault:
        sheet.reason_faults = [str(fault)]
        return None
    try:
        made, rates = rate_entry.enter(
            read(sheet.text),
            by=signed_in(request),
            reason=reason,
            seal=request.POST.get("seal", ""),
        )
    except Unreadable:
        return None
    except rate_entry.Overtaken:
        sheet.is_overtaken = True
        return None
    admin.message_user(request, summary(made), messages.SUCCESS)
    tell_of_outdated(admin, request, rates)
    return HttpResponseRedirect(reverse("admin:desk_exchangerate_changelist"))


def summary(made: rate_entry.Plan) -> str:
    """What an import has done, in numbers."""
    counts = {outcome.value: f"{count:,}" for outcome, count in made.counts.items()}
    said = _("Rates imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    return said % counts


def tell_of_outdated(admin: Any, request: HttpRequest, rates: Iterable[ExchangeRate]) -> None:
    """Say how many public records the rates would change, with the way to publish them again."""
    found = conversion.outdated(rates)
    if not found:
        return
    said = _(
        "Public records with amounts that the rates on record now convert otherwise: %(count)s. "
        "They stay as they are until they are published again."
    )
    some = found[: acts.MOST]
    query = urlencode([("record", f"{kind}/{key}") for kind, key in some])
    address = f"{reverse(f'admin:desk_{some[0][0]}_publish')}?{query}"
    way = (
        _("See what would change")
        if len(some) == len(found)
        else _("See what would change for the first %(count)s") % {"count": len(some)}
    )
    whole = format_html('{} <a href="{}">{}</a>', said % {"count": f"{len(found):,}"}, address, way)
    admin.message_user(request, whole, messages.WARNING)


def _template() -> HttpResponse:
    # With the mark by which spreadsheets know UTF-8.
    answer = HttpResponse(f"\ufeff{TEMPLATE}".encode(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="exchange-rates.csv"'
    return answer


def _shown(admin: Any, request: HttpRequest, sheet: Sheet) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Import exchange rates"),
        "opts": admin.opts,
        "media": admin.media,
        "sheet": sheet,
        "plan": sheet.plan,
        "columns": [
            (name, sentence, example)
            for (name, sentence), example in zip(COLUMNS.items(), EXAMPLE, strict=True)
        ],
        "encoding": tables.ENCODINGS.get(sheet.encoding),
        "encodings": tables.ENCODINGS.items(),
        "most_rows": f"{tables.MAX_ROWS:,}",
        "most_bytes": f"{tables.MAX_BYTES:,}",
        "reason": request.POST.get("reason", ""),
        "reason_length": REASON_LENGTH,
    }
    return TemplateResponse(request, "admin/desk/rates_import.html", context)


def _cells(item: rate_entry.Item) -> Iterator[Cell]:
    row, before = item.row, item.before
    for name, written in row.written.items():
        if item.outcome == Outcome.ERROR:
            yield Cell(written[:LONGEST_SHOWN])
            continue
        after = _text(row.given[name])
        old = _text(getattr(before, name)) if item.outcome == Outcome.CHANGED else ""
        yield Cell(after, old, written if written != after else "")


def _text(value: Any) -> str:
    return money.amount_text(value) if hasattr(value, "as_tuple") else str(value)
