"""Parts and citations of a record, as rows of its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cooperation.desk.models import Citation, Part
from cooperation.desk.models.parts import LAST_POSITION, MOST_ROWS

from .chronicles import in_brief
from .widgets import (
    LONGEST_NUMBER,
    FieldsOfRecords,
    ReferenceChoice,
    at_hand,
    long_columns_of_references,
    references_of,
    remember_references,
)

SAME_ID = _("Another row of this list has the same id; give each its own.")


class PartForm(forms.ModelForm):
    """One row: a part or citation."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        remember_references(self)
        if self.instance.pk:
            self.called = getattr(self.instance, "part_id", "") or getattr(
                self.instance, "path", ""
            )
            self.brief = in_brief(self.instance)

    @property
    def is_retyped(self) -> bool:
        """Whether somebody has typed other values than are stored."""
        return self.is_bound and self.has_changed()

    def full_clean(self) -> None:
        """Check the row; one that is stored and that nobody has touched was checked before it was stored."""
        if not self.is_bound or not self.instance.pk or self.has_changed():
            super().full_clean()
            return
        self._errors: Any = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def clean_position(self) -> int | None:
        """The place that was given; small enough for others to follow it."""
        position: int | None = self.cleaned_data["position"]
        if position and position > LAST_POSITION and "position" in self.changed_data:
            said = _("A position is at most {most:,}; leave it empty, and the row comes last.")
            raise ValidationError(str(said).format(most=LAST_POSITION))
        return position


class PartFormSet(BaseInlineFormSet):
    """The rows of one list; each knows its record, so none is fetched anew, and keeps its id once published."""

    default_error_messages = {
        **BaseInlineFormSet.default_error_messages,
        "too_many_forms": _(
            "A list has at most %(num)d rows; nothing was saved. Take out what is no longer needed."
        ),
    }
    _sent: list[Any] | None = None

    def get_queryset(self) -> Any:
        """The rows as they were sent: one that is gone meanwhile keeps its place, and what was typed."""
        if not self.is_bound:
            return super().get_queryset()
        if self._sent is None:
            model: Any = self.model
            stored = {str(row.pk): row for row in super().get_queryset()}
            count = min(self.initial_form_count(), self.total_form_count())
            names = [f"{self.add_prefix(place)}-id" for place in range(count)]
            self._sent = [stored.get(str(self.data.get(name))) or model() for name in names]
        return self._sent

    def total_form_count(self) -> int:
        """How many rows there are; a number that is sent without them makes none."""
        claimed: int = super().total_form_count()
        return min(claimed, self._sent_count) if self.is_bound else claimed

    @cached_property
    def _sent_count(self) -> int:
        """The number after that of the last row of which something was sent."""
        before = f"{self.prefix}-"
        names = (name.removeprefix(before) for name in self.data if name.startswith(before))
        numbers = (name.partition("-")[0] for name in names)
        return max(
            (int(n) + 1 for n in numbers if n.isdecimal() and len(n) <= LONGEST_NUMBER), default=0
        )

    def staying(self) -> list[Any]:
        """The rows that are not ticked to go, also while another row is wrong."""
        goes = self._should_delete_form  # type: ignore[attr-defined] # unknown to the stubs
        return [form for form in self.forms if not goes(form)]

    def clean(self) -> None:
        """Refuse an id that two rows bear which stay, be they sent or not."""
        model: Any = self.model
        if not issubclass(model, Part):
            return
        staying = self.staying()
        borne = Counter(form.instance.part_id for form in staying)
        going = {form.instance.pk for form in self.forms if form not in staying}
        # The rows of this form hold what was typed already, so the stored ids are read anew.
        rows = model._base_manager.filter(record_id=self.instance.pk).exclude(pk__in=going)
        stored = dict(rows.values_list("part_id", "pk")) if self.instance.pk else {}
        for form in staying:
            part_id = form.instance.part_id
            own = stored.get(part_id, form.instance.pk) == form.instance.pk
            if part_id and (borne[part_id] > 1 or not own):
                form.add_error("part_id", SAME_ID)

    def save(self, commit: bool = True) -> Any:
        """Save the rows; those that go, go first, so that what they bore is free for others."""
        # What no browser sends: one row twice.
        gone = {row.pk: row for form in self.deleted_forms if (row := form.instance).pk}
        for row in gone.values():
            self.delete_existing(row)
        saved = super().save(commit)
        self.deleted_objects += gone.values()
        return saved

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc] # unknown to the stubs
        form.instance.record = self.instance
        for name, field in form.fields.items():
            if self.is_bound and isinstance(field, ReferenceChoice):
                number = str(self.data.get(form.add_prefix(name)))
                chosen = self._chosen(name, field.queryset)
                field.remember(filter(None, [chosen.get(number)]))
        back = self._comes_back(i)
        if back:
            form.instance.pk = back
            form.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        if self.instance.edition_number is None or "part_id" not in form.fields:
            return form
        if form.instance.pk:
            form.fields["part_id"].disabled = True
        if back:
            form.initial["part_id"] = form.instance.part_id = self._gone[back]
        if back or not form.instance.pk:
            form.instance.borne = {name for name, pk in self._bearers.items() if pk != back}
        return form

    def _comes_back(self, place: int) -> int | None:
        """The number of a row that was taken out and is sent to be stored again; None where it is another."""
        number = str(self.data.get(f"{self.add_prefix(place)}-id") or "") if self.is_bound else ""
        is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
        is_added = place >= self.initial_form_count() and self.instance.pk
        model: Any = self.model
        if not (is_added and is_number and issubclass(model, Part | Citation)):
            return None
        return int(number) if int(number) in self._gone else None

    @cached_property
    def _gone(self) -> dict[int, str]:
        """The rows that were taken out of the list, by number, each with its id; a citation has none."""
        rows: Any = self.model
        stored = set(
            rows._base_manager.filter(record_id=self.instance.pk).values_list("pk", flat=True)
        )
        return {pk: name for pk, name in self._told if pk not in stored}

    @cached_property
    def _bearers(self) -> dict[str, int]:
        """The ids that rows bear or have borne, each with the number of the row that bore it last."""
        return {name: pk for pk, name in self._told}

    @cached_property
    def _told(self) -> list[tuple[int, str]]:
        """The number and the id of each row at each of its changes, read once for all rows."""
        model: Any = self.model
        entries = model.history.filter(record_id=self.instance.pk).order_by("history_id")
        if not issubclass(model, Part):
            return [(pk, "") for pk in entries.values_list("id", flat=True)]
        return list(entries.values_list("id", "part_id"))

    def _chosen(self, name: str, records: Any) -> Mapping[str, Any]:
        """The records that a field of any row refers to, as stored and as sent: one query for all rows."""
        if name not in self._found:
            known = [referred for row in self.get_queryset() if (referred := at_hand(row, name))]
            places = range(self.total_form_count())
            sent = {str(self.data.get(f"{self.add_prefix(place)}-{name}")) for place in places}
            sent -= {str(record.pk) for record in known}
            numbers = [one for one in sent if one.isdecimal() and len(one) <= LONGEST_NUMBER]
            found = [*known, *records.filter(pk__in=numbers)]
            self._found[name] = {str(record.pk): record for record in found}
        return self._found[name]

    @cached_property
    def _found(self) -> dict[str, Mapping[str, Any]]:
        return {}


class PartInline(FieldsOfRecords, admin.StackedInline):
    """The rows of one list; who may change the record may change them."""

    fk_name = "record"
    form = PartForm
    formset = PartFormSet
    template = "admin/desk/parts.html"
    extra = 0
    max_num = MOST_ROWS
    sentence: Any = ""
    parent_admin: Any

    class Media:
        js = ("desk/rows.js",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows with what they refer to, in one query."""
        rows = super().get_queryset(request).select_related(*references_of(self.model))
        return rows.defer(*long_columns_of_references(self.model))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows of a form, as many as a request may carry."""
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _may_change(self, request: HttpRequest, obj: Any) -> bool:
        act = "change" if obj else "add"
        return request.user.has_perm(f"desk.{act}_{kind_of(self.parent_model)}")


def kind_of(model: Any) -> str:
    """The kind of the model's records; a proxy's is that of the model it stands for."""
    return str(model._meta.concrete_model._meta.model_name)
