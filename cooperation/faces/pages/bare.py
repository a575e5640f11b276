"""Pages for when nothing else works: they read no database and no list of files, so a proxy can keep them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cooperation.rules.languages import from_django, url_prefix

# Under the names without a hash, for the list of hashes may be what is wrong.
STYLES = tuple(f"/static/css/{name}.css" for name in ("tokens", "text", "layout"))
# Asked once more as it was, it would be refused once more.
REFUSED = (400, 413, 414, 431)


class Trouble(NamedTuple):
    """What has happened, and what the reader can do."""

    title: str | Promise
    sentence: str | Promise


SILENT = Trouble(
    _("The portal does not answer at the moment"),
    _("It may be starting anew. Please try again in a minute; nothing has been lost."),
)
TROUBLES = {
    400: Trouble(
        _("The request cannot be understood"),
        _("Something in the address is not as the portal writes it."),
    ),
    413: Trouble(
        _("Too much was sent"),
        _("The request holds more than the portal takes at once."),
    ),
    414: Trouble(
        _("The address is too long"),
        _("It holds more than the portal takes. Please ask for less at once."),
    ),
    429: Trouble(
        _("Too many requests"),
        _(
            "More requests came from your network than the portal answers in so short a time. Please "
            "wait a minute. Programs find everything in one piece among the downloads."
        ),
    ),
    431: Trouble(
        _("Too much was sent along"),
        _("The headers that came with the address hold more than the portal takes."),
    ),
    500: Trouble(
        _("An error has occurred"),
        _(
            "The fault lies with the portal, not with you, and has been recorded. Please try again later."
        ),
    ),
    502: SILENT,
    503: Trouble(
        _("The register cannot be read at the moment"),
        _("It will be back soon. Please try again in a while; nothing has been lost."),
    ),
    504: SILENT,
}


def bare_page(status: int, sentence: str = "", styles: Sequence[str] = STYLES) -> str:
    """The page for that status in the active language; the sentence stands in the place of its own."""
    trouble = TROUBLES[status]
    language = from_django(get_language() or "en")
    context = {
        "status": status,
        "language": language,
        "title": trouble.title,
        "sentence": sentence or trouble.sentence,
        "styles": styles,
        "home": f"{url_prefix(language)}/",
        "may_try_again": status not in REFUSED,
    }
    return render_to_string("error.html", context)
