"""The page of a conflict: what was typed beside what somebody else saved meanwhile, to be chosen from field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.desk.models import Record

from .concerned import unsettle
from .disagreements import MINE, THEIRS, Cell, Chosen, Comparing, Difference, Own
from .links import AnyRecordField
from .rows import rows_of, typed_rows
from .sides import Line, Opened, Sheet, known, opened, since, window
from .widgets import LONGEST_NUMBER, long_columns

CHOOSE, GO_ON, SHOWN, HAD_FILE = "_choose", "_typed", "_shown", "_had_file"
CHOICE = "choice:"
OURS = {"csrfmiddlewaretoken", CHOOSE, GO_ON, SHOWN, HAD_FILE}
FILE_GOES = "kept_file-clear"
FEW = 10
"""How many of the changes since are listed."""


def is_met(request: HttpRequest, context: Any) -> bool:
    """Whether a form was refused because its record was saved meanwhile, and not called back to be typed on."""
    form = context["adminform"].form
    return form.has_error(NON_FIELD_ERRORS, "stale") and GO_ON not in request.POST


def answer(admin: Any, request: HttpRequest, context: Any) -> HttpResponse:
    """The page to choose on; once everything is chosen, what saving both together leads to.

    The record is locked, so what is compared here is what is saved over.
    """
    conflict = Conflict(request, context)
    if conflict.is_done:
        return done(admin, request, conflict.stored)
    if CHOOSE not in request.POST or conflict.is_overtaken or conflict.open:
        return conflict.page(admin)
    request.POST = conflict.merged()  # type: ignore[assignment] # a QueryDict like the one that came
    saved: HttpResponse = admin.changeform_view(request, str(conflict.stored.pk))
    return saved


def done(admin: Any, request: HttpRequest, stored: Record) -> HttpResponse:
    """Where saving leads to, with a word that there was nothing left to save."""
    led: HttpResponse
    if "_popup" in request.POST:
        led = admin.response_change(request, stored)
        return led
    said = _("What you typed in “%(record)s” is stored already; nothing was left to save.")
    admin.message_user(request, said % {"record": stored}, messages.SUCCESS)
    if "_continue" in request.POST:
        return HttpResponseRedirect(request.get_full_path())
    if "_addanother" in request.POST:
        return HttpResponseRedirect(reverse(f"admin:desk_{admin.opts.model_name}_add"))
    led = admin.response_post_save_change(request, stored)
    return led


@dataclass
class Shown:
    """One difference as the page shows it."""

    difference: Difference
    field: str
    was: list[tuple[str, str]] | None
    mine: list[tuple[str, str]] | None
    theirs: list[tuple[str, str]] | None
    side: str
    is_missing: bool

    @property
    def name(self) -> str:
        """The name under which the choice is sent."""
        return f"{CHOICE}{self.difference.name}"

    @property
    def is_hard(self) -> bool:
        """Whether nobody but the editor can say whose stands."""
        return not self.difference.side


class Conflict:
    """A form that was typed on a record which others have saved since it was opened."""

    def __init__(self, request: HttpRequest, context: Any):
        form = context["adminform"].form
        model = type(form.instance)
        self.request, self.context = request, context
        # That of the form holds what was typed already.
        self.stored: Any = model._default_manager.get(pk=form.instance.pk)
        self.version = request.POST.get("version", "")
        self.before: Opened | None = opened(model, self.stored.pk, self.version)
        given = (request.POST, request.FILES, self.stored, self.before)
        lists = [one.formset for one in context["inline_admin_formsets"]]
        self.all: list[Comparing] = [Own(form, *given), *(rows_of(one, *given) for one in lists)]
        self.differences = [found for one in self.all for found in one.differences]
        unsettle(self._lists())
        self.said = dict(self._said())
        self.chosen = {one.name: self.said.get(one.name, one.side) for one in self.differences}

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody has saved once more since the page was shown."""
        return CHOOSE in self.request.POST and self.request.POST.get(SHOWN) != str(
            self.stored.version
        )

    @property
    def is_done(self) -> bool:
        """Whether all that was typed is stored, but for what was given up by choice: the form was sent twice."""
        given_up = [one for one in self.differences if self.said.get(one.name) == THEIRS]
        return given_up == self.differences and self._is_whole()

    @property
    def open(self) -> list[Difference]:
        """What is still to be chosen."""
        return [one for one in self.differences if not self.chosen[one.name]]

    def merged(self) -> QueryDict:
        """The form as it is sent once everything is chosen: what is stored, and what was typed where that stands."""
        names = {name for name in self.request.POST if not name.startswith(CHOICE)}
        sent = QueryDict(mutable=True)
        # Which file would go, the page has not shown.
        for name in names - OURS - {FILE_GOES}:
            # What belongs to a list or to a field of the record follows below.
            if not name.startswith(tuple(f"{one.prefix}-" for one in self._lists())):
                sent.setlist(name, self.request.POST.getlist(name))
        for one in self.all:
            for name, values in one.merged(self.chosen).items():
                sent.setlist(name, values)
        sent["version"] = str(self.stored.version)
        return sent

    def page(self, admin: Any) -> HttpResponse:
        """The differences with the choice on each, and all that was typed, carried along unseen."""
        post = self.request.POST
        carried = [
            (name, value)
            for name, values in post.lists()
            if name not in OURS and not name.startswith(CHOICE)
            for value in values
        ]
        asked = CHOOSE in post and not self.is_overtaken
        rows = list(shown(self.differences, self.chosen, asked))
        context = {
            **admin.admin_site.each_context(self.request),
            "title": _("Saved by somebody else meanwhile: %(title)s") % {"title": self.stored},
            "opts": admin.opts,
            "record": self.stored,
            "is_popup": "_popup" in post,
            "is_known": self.before is not None,
            "is_overtaken": self.is_overtaken,
            "groups": groups(rows),
            "open": [(group, one) for group, one in rows if one.is_missing],
            "changes": list(since(self.stored, self.version, FEW)),
            "carried": carried,
            "had_file": bool(self.request.FILES) or HAD_FILE in post or FILE_GOES in post,
            "is_multipart": self.context["adminform"].form.is_multipart(),
            "mine": MINE,
            "theirs": THEIRS,
        }
        return TemplateResponse(self.request, "admin/desk/conflict.html", context)

    def _lists(self) -> Sequence[Any]:
        return self.all[1:]

    def _said(self) -> Iterator[tuple[str, str]]:
        """Whose stands of each difference, where it was chosen; a choice on what has changed since is none."""
        for one in self.differences:
            side, _dash, seal = self.request.POST.get(f"{CHOICE}{one.name}", "").partition("-")
            if side in (MINE, THEIRS) and seal == one.seal:
                yield one.name, side

    def _is_whole(self) -> bool:
        """Whether all that was typed could be compared: nothing but its age is wrong with the form, and no file came."""
        post, form = self.request.POST, self.context["adminform"].form
        lists = [one.formset for one in self.context["inline_admin_formsets"]]
        had_file = self.request.FILES or HAD_FILE in post or FILE_GOES in post
        is_only_stale = form.errors.get_json_data().keys() == {NON_FIELD_ERRORS}
        return not had_file and is_only_stale and not any(one.non_form_errors() for one in lists)


def shown(
    differences: Sequence[Difference], chosen: Chosen, asked: bool
) -> Iterator[tuple[str, Shown]]:
    """Each difference in words, with the group that it stands in; one query a kind of record that is named."""
    cells = chain.from_iterable((one.was, one.mine, one.theirs) for one in differences)
    names = known([line for cell in cells for line in cell or ()])
    for one in differences:
        was, mine, theirs = cut([told(cell, names) for cell in (one.was, one.mine, one.theirs)])
        label = one.label or called(one, names) or _("The whole row")
        side = chosen[one.name]
        yield one.group, Shown(one, label, was, mine, theirs, side, asked and not side)


def called(difference: Difference, names: Any) -> str:
    """The record that a row names, where the row does nothing else; empty where it is another."""
    lines = difference.mine or difference.theirs or ()
    return next((line.text(names) for line in lines if isinstance(line.field, AnyRecordField)), "")


def told(cell: Cell, names: Any) -> list[tuple[str, str]] | None:
    """What one side says, as pairs of label and text."""
    return None if cell is None else [(line.label, line.text(names)) for line in cell]


def cut(sides: Sequence[list[tuple[str, str]] | None]) -> list[list[tuple[str, str]] | None]:
    """The same, long texts shortened to where they differ."""
    single = [side[0][1] for side in sides if side and not side[0][0]]
    texts = iter(window(single))
    return [
        [("", next(texts))]
        if side and not side[0][0]
        else side and [(label, window([text])[0]) for label, text in side]
        for side in sides
    ]


def groups(found: Sequence[tuple[str, Shown]]) -> list[tuple[str, list[Shown]]]:
    """The differences under the row that they belong to."""
    return [(name, [one for _group, one in some]) for name, some in groupby(found, lambda f: f[0])]


def gone(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse | None:
    """The page that shows what was typed on a record that was deleted meanwhile; None where there was none."""
    number = unquote(object_id)
    match = request.resolver_match
    is_form = match is not None and (match.url_name or "").endswith("_change")
    if request.method != "POST" or not is_form or not number.isdecimal():
        return None
    if len(number) > LONGEST_NUMBER:
        return None
    before = opened(admin.model, number, request.POST.get("version", ""))
    end = admin.model.history.filter(id=number, history_type="-").defer(*long_columns(admin.model))
    last = end.order_by("-history_id").first()
    if before is None or last is None:
        return None
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Deleted by somebody else meanwhile: %(title)s") % {"title": before.record},
        "opts": admin.opts,
        "is_popup": "_popup" in request.POST,
        "last": last,
        "groups": typed_of(admin, request, before.record),
    }
    return TemplateResponse(request, "admin/desk/conflict_gone.html", context, status=404)


def typed_of(admin: Any, request: HttpRequest, record: Record) -> list[tuple[str, Any]]:
    """All that was typed on the form of a record that is gone: the record's own, and row by row."""
    fields = flatten_fieldsets(admin.get_fieldsets(request, record))
    form = admin.get_form(request, record, change=True, fields=fields)(instance=record)
    sheet = Sheet(form)
    found: list[tuple[str, list[Line]]] = [
        ("", sheet.lines(sheet.typed(request.POST, request.FILES)))
    ]
    formsets, _inlines = admin._create_formsets(request, record, change=True)  # noqa: SLF001  # Django has no public way to a form's lists
    for formset in formsets:
        name, rows = str(formset.model._meta.verbose_name), Sheet(formset.empty_form)
        name = name[:1].upper() + name[1:]
        typed = typed_rows(formset, rows, request.POST, request.FILES)
        found += [(name, rows.lines(row.values)) for row in typed]
    names = known([line for _name, lines in found for line in lines])
    return [(name, told(lines, names)) for name, lines in found if lines]
