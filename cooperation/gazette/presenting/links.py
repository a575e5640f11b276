"""Addresses that are safe to write into a page."""

from urllib.parse import quote

from cooperation.rules.addresses import web_address
from cooperation.rules.languages import url_prefix


def localized(url: str | None, language: str) -> str | None:
    """The address of one of the portal's own pages in that language; None for anything else."""
    if not url or not url.startswith("/") or url.startswith(("//", "/\\")):
        return None
    return url_prefix(language) + url


def reaching(contact: str) -> str:
    """The address behind a contact, which is a mailbox or an address of the web."""
    return contact if contact.startswith("https://") else f"mailto:{quote(contact, safe='@')}"


def outside(url: str | None) -> str | None:
    """The address of another site if a page may link to it, else None."""
    try:
        return web_address(url) if url else None
    except ValueError:
        return None
