"""How the edition on a page is cited, and where an error in it is reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from cooperation.faces.answers import absolute
from cooperation.gazette.presenting import Citing, citing
from cooperation.rules.languages import from_django

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context: dict[str, Any]) -> Citing | None:
    """How the document on the page is cited; None where there is none. No queries."""
    page = context.get("page")
    if not page or not page.edition:
        return None
    return citing(
        page,
        page.edition,
        absolute(context["request"], page.edition.url),
        from_django(get_language() or "en"),
        contact=settings.PORTAL_CONTACT,
        about=f"{reverse('pages:about')}#contact",
    )


@register.simple_tag(takes_context=True)
def day_asked(context: dict[str, Any]) -> str:
    """The day for which the record is shown, as a field for dates takes it; empty for an instant, or now."""
    try:
        return date.fromisoformat(context["request"].GET.get("as_of", "")).isoformat()
    except ValueError:
        return ""
