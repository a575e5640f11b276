"""Citations as rows of a form: what is quoted anew must stand in the text that its source keeps."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from cooperation.desk.checks.citations import fault
from cooperation.desk.checks.quotations import KeptText
from cooperation.desk.models import Source

from .parts import PartFormSet, PartInline

QUOTING = {"source", "quote", "start", "end"}
BESIDE = {"quotation-not-found": "quote", "quotation-elsewhere": "start"}
"""The field beside which each fault is told."""


class CitationFormSet(PartFormSet):
    """The citations of a record."""

    def clean(self) -> None:
        """Refuse a quotation that was typed and that its source does not have."""
        super().clean()
        typed = [form for form in self.staying() if _quotes_anew(form)]
        cited = {form.instance.source_id for form in typed}
        rows = Source._base_manager.filter(pk__in=cited) if cited else Source._base_manager.none()
        kept = {pk: KeptText(text) for pk, text in rows.values_list("pk", "kept_text")}
        for form in typed:
            citation = form.instance
            # What a source says of itself is held against the text that is saved with it.
            if citation.source_id in kept and citation.source_id != self._own():
                found = fault(citation, kept[citation.source_id], citation.source.key)
                if found:
                    form.add_error(BESIDE[found[0]], capfirst(found[1]))

    def _own(self) -> Any:
        return self.instance.pk if isinstance(self.instance, Source) else None


class CitationInline(PartInline):
    """The citations of a record, below its lists."""

    formset = CitationFormSet


def _quotes_anew(form: Any) -> bool:
    """Whether somebody has typed what is quoted, and nothing else is wrong with it."""
    return (
        bool(QUOTING & set(form.changed_data))
        and not QUOTING & form.errors.keys()
        and bool(form.instance.source_id and form.instance.quote)
    )
