"""Web addresses that are safe to publish as links."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

MAX_LENGTH = 2000


def web_address(text: str) -> str:
    """Return a web address, stripped and otherwise as written.

    ValueError, with a sentence, unless it is http or https with a host, without credentials, white space,
    backslashes or invisible characters, and at most 2,000 characters long.
    """
    address = text.strip()
    if len(address) > MAX_LENGTH:
        raise ValueError(
            _("A web address has at most %(most)s characters.") % {"most": f"{MAX_LENGTH:,}"}
        )
    if any(
        character.isspace() or not character.isprintable() or character in '\\<>"'
        for character in address
    ):
        raise ValueError(
            _("A web address has no spaces, backslashes, quotation marks or invisible characters.")
        )
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(
            _("This is not a web address; write it as https://www.example.org/page.")
        ) from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(_("A web address begins with https:// or http://."))
    if "@" in parts.netloc:
        raise ValueError(_("A web address must not hold a user name or password."))
    if not host or not any(character.isalnum() for character in host):
        raise ValueError(_("A web address needs a host, such as www.example.org."))
    return address
