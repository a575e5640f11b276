"""Exchange rates: what one unit of a currency was worth in another on a day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cooperation.desk.chronicle import Chronicle
from cooperation.desk.fields import AmountField, CodeField, TextColumn
from cooperation.gazette.shapes.types import Code, Quantity, Text
from cooperation.gazette.shapes.vocabularies import CURRENCIES


class ExchangeRate(models.Model):
    """What one unit of a currency was worth in another on a day."""

    date = models.DateField(_("Date"), help_text=_("The day for which the rate holds."))
    base = CodeField(
        Code(
            pgettext_lazy("currency", "From"),
            _("The currency of which one unit is converted."),
            vocabulary=CURRENCIES,
        ),
        max_length=3,
    )
    quote = CodeField(
        Code(
            pgettext_lazy("currency", "To"),
            _("The currency into which it is converted."),
            vocabulary=CURRENCIES,
        ),
        max_length=3,
    )
    rate = AmountField(
        Quantity(
            _("Rate"), _("How many units of the second currency one unit of the first was worth.")
        ),
        null=False,
        blank=False,
    )
    source = TextColumn(
        Text(_("Source"), _("Who published the rate, such as Bank of Korea; shown to the public.")),
        blank=False,
    )

    history: Any = Chronicle()

    class Meta:
        verbose_name = _("Exchange rate")
        verbose_name_plural = _("Exchange rates")
        ordering = ["-date", "base", "quote"]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "quote", "date"],
                name="desk_exchangerate_once",
                violation_error_message=_(
                    "This rate is on record for that day already; change the one that is there."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(base=F("quote")),
                name="desk_exchangerate_two_currencies",
                violation_error_message=_("A rate leads from one currency to another; choose two."),
            ),
            models.CheckConstraint(
                condition=~Q(rate__startswith="-") & ~Q(rate="0"),
                name="desk_exchangerate_positive",
                violation_error_message=_("A rate is greater than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.base}/{self.quote}"
