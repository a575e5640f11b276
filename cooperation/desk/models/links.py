"""Rows by which a record names any number of others: its platforms, its subjects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.chronicle import Chronicle
from cooperation.desk.fields import ReferenceField
from cooperation.gazette.shapes.subjects import SUBJECTS

IN_THE_LIST = _("This record is in the list already; name it once.")


class Link(models.Model):
    """A row by which a record names another; it has a column for each kind that it may name."""

    history: Any = Chronicle()

    record: Any
    record_id: Any

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.target or "")

    @classmethod
    def columns(cls) -> list[str]:
        """The columns of which one names the other record, each called like the kind."""
        return [f.name for f in cls._meta.concrete_fields if isinstance(f, ReferenceField)]

    @property
    def target(self) -> Any:
        """The record that is named; None as long as none is."""
        return next((getattr(self, c) for c in self.columns() if getattr(self, f"{c}_id")), None)

    @target.setter
    def target(self, record: Any) -> None:
        for column in self.columns():
            setattr(self, column, record if record is not None and record.kind == column else None)


def naming(kinds: Sequence[str]) -> list[Any]:
    """The rules of a table of links: a row names one record of these kinds, and none twice."""
    once: list[Any] = [
        models.UniqueConstraint(
            fields=["record", kind],
            name=f"desk_%(class)s_{kind}_once",
            violation_error_message=IN_THE_LIST,
        )
        for kind in kinds
    ]
    if len(kinds) == 1:
        return once
    exact = models.CheckConstraint(
        condition=reduce(or_, (_names_only(kind, kinds) for kind in kinds)),
        name="desk_%(class)s_names_one",
        violation_error_message=_("A row names one record."),
    )
    return [*once, exact]


def _names_only(kind: str, kinds: Sequence[str]) -> Q:
    return reduce(and_, (Q(**{f"{other}__isnull": other != kind}) for other in kinds))


class Subject(Link):
    """A record of any kind that was spoken of."""

    class Meta(Link.Meta):
        abstract = True
        verbose_name = _("Subject")
        verbose_name_plural = _("Subjects")
        constraints = naming(SUBJECTS.kinds)


for _kind in SUBJECTS.kinds:
    Subject.add_to_class(
        _kind,
        ReferenceField(
            SUBJECTS, to=f"desk.{_kind.capitalize()}", verbose_name=KINDS[_kind].label, null=True
        ),
    )
