"""What a value from outside has to look like, and what is made of it."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cooperation.rules.money import CURRENCIES

HIGHEST_PORT = 65535
# No quoted names and no bare hosts: what people write on a letterhead.
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
HOST = re.compile(r"\*|\.?[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]")


def text(raw: str) -> str:
    """The value as it stands."""
    return raw


def switch(raw: str) -> bool:
    """True for `on`, False for `off`; anything else is refused."""
    if raw not in {"on", "off"}:
        raise ValueError("must be on or off")
    return raw == "on"


def words(raw: str) -> list[str]:
    """The values between commas, blanks left out."""
    return [word.strip() for word in raw.split(",") if word.strip()]


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader that takes only the values named."""

    def read(raw: str) -> str:
        if raw not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return raw

    return read


def count(raw: str) -> int:
    """A whole number that is not negative."""
    if not raw.isascii() or not raw.isdigit():
        raise ValueError("must be a whole number")
    return int(raw)


def positive(raw: str) -> int:
    """A whole number above nought."""
    if not (number := count(raw)):
        raise ValueError("must be 1 or more")
    return number


def port(raw: str) -> int:
    """A number that a server can listen on."""
    if not 0 < (number := count(raw)) <= HIGHEST_PORT:
        raise ValueError(f"must be a whole number from 1 to {HIGHEST_PORT}")
    return number


def web_address(raw: str) -> str:
    """An address of the web, or nothing."""
    parts = urlsplit(raw)
    if raw and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("must begin with http:// or https:// and name a host")
    return raw


def contact(raw: str) -> str:
    """Where people are reached: a mailbox, an https address, or nothing."""
    is_address = raw.startswith("https://") and web_address(raw)
    if raw and not MAILBOX.fullmatch(raw) and (not is_address or re.search(r"\s", raw)):
        raise ValueError(
            "must be an e-mail address, such as office@portal.example, or an address that begins "
            "with https://"
        )
    return raw


def hosts(raw: str) -> list[str]:
    """Names of hosts, without what stands around them in an address."""
    found = words(raw)
    if not all(HOST.fullmatch(host) for host in found):
        raise ValueError("must be host names without scheme, port or path, such as portal.example")
    return found


def currencies(raw: str) -> list[str]:
    """Codes of ISO 4217."""
    found = words(raw)
    if not found or not CURRENCIES.issuperset(found):
        raise ValueError("must be currency codes of ISO 4217, such as KRW,CNY,USD")
    return found


def time_zone(raw: str) -> str:
    """The name of a time zone that this machine knows."""
    try:
        ZoneInfo(raw)
    except (LookupError, ValueError, OSError):
        raise ValueError("must name a time zone of the IANA database, such as Asia/Seoul") from None
    return raw
