"""Every environment variable the portal knows: name, sentence, default. The only reader of `os.environ`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

from portal.values import (
    contact,
    count,
    currencies,
    hosts,
    one_of,
    port,
    positive,
    switch,
    text,
    time_zone,
    web_address,
)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Variable(Generic[Value]):
    """A setting that whoever runs the portal may give it from outside."""

    name: str
    sentence: str
    default: str
    parse: Callable[[str], Value]

    @property
    def given(self) -> bool:
        """Whether the environment says anything about it."""
        return bool(os.environ.get(self.name, ""))

    @property
    def value(self) -> Value:
        """What the environment says, else the default; a wrong value is refused in one sentence."""
        raw = os.environ.get(self.name, "") or self.default
        try:
            return self.parse(raw)
        except ValueError as fault:
            raise ImproperlyConfigured(f"{self.name} {fault}, not {raw!r}.") from None


@contextmanager
def refusing(code: int = 1) -> Iterator[None]:
    """A while in which whatever is not rightly configured ends the process, in one line on standard error."""
    try:
        yield
    except ImproperlyConfigured as fault:
        print(" ".join(str(fault).split()), file=sys.stderr)
        sys.exit(code)


SIDE = Variable(
    "PORTAL_SIDE",
    "Which part this process serves: office (the desk), public (the faces) or both.",
    "both",
    one_of("both", "office", "public"),
)
LOCAL = Variable(
    "PORTAL_LOCAL",
    "Local mode: this machine's own addresses only, plain http, a key of its own under var/. "
    "When unset it is on as long as PORTAL_SIDE, PORTAL_HOSTS, PORTAL_SECRET_KEY, DATABASE_URL and "
    "PUBLIC_DATABASE_URL are unset too.",
    "",
    lambda raw: switch(raw) if raw else None,
)
DEBUG = Variable(
    "PORTAL_DEBUG", "Show tracebacks in the browser; refused outside local mode.", "off", switch
)
SECRET_KEY = Variable(
    "PORTAL_SECRET_KEY",
    "Signs sessions and forms: 50 characters or more, the same in every office process, never published; "
    "the public side signs nothing and needs none.",
    "",
    text,
)
HOSTS = Variable(
    "PORTAL_HOSTS",
    "Host names that this process answers to, with commas between them; demanded outside local mode.",
    "",
    hosts,
)
URL = Variable(
    "PORTAL_URL",
    "Address of the public side, without a slash at the end; feeds and the sitemap write it out.",
    "",
    web_address,
)
DATABASE_URL = Variable(
    "DATABASE_URL",
    "The database, as postgresql://user:password@host:port/name or sqlite:///path; a file under var/ "
    "in local mode when unset.",
    "",
    text,
)
PUBLIC_DATABASE_URL = Variable(
    "PUBLIC_DATABASE_URL",
    "The database that the faces read: the gazette's tables only; the same as DATABASE_URL when unset.",
    "",
    text,
)
DATABASE_POOL = Variable(
    "PORTAL_DATABASE_POOL",
    "Most PostgreSQL connections that one process holds open.",
    "8",
    positive,
)
VAR = Variable(
    "PORTAL_VAR", "Folder for what the portal writes on this machine; var/ when unset.", "", text
)
MAIN_LANGUAGE = Variable(
    "PORTAL_MAIN_LANGUAGE",
    "The language in which every record must have a title.",
    "en",
    one_of("en", "ko", "zh-Hans"),
)
CURRENCIES = Variable(
    "PORTAL_CURRENCIES",
    "ISO 4217 codes into which dated amounts are converted, with commas between them.",
    "KRW,CNY,USD",
    currencies,
)
OFFICE = Variable(
    "PORTAL_OFFICE",
    "The responsible office, which the gazette names instead of an official.",
    "Cooperation Portal editorial office",
    text,
)
CONTACT = Variable(
    "PORTAL_CONTACT",
    "Where readers reach the responsible office: an e-mail address or an https address; while it is "
    "unset, pages say that the office has not yet said how.",
    "",
    contact,
)
FOUR_EYES = Variable(
    "PORTAL_FOUR_EYES", "Nobody publishes a record that they changed themselves.", "on", switch
)
TIME_ZONE = Variable(
    "PORTAL_TIME_ZONE", "The zone in which a day of the register ends.", "Asia/Seoul", time_zone
)
LICENCE_URL = Variable(
    "PORTAL_LICENCE_URL",
    "The licence under which what the portal publishes may be used again.",
    "https://creativecommons.org/licenses/by/4.0/",
    web_address,
)
PROXIES = Variable(
    "PORTAL_PROXIES",
    "How many proxies stand before this process and add the address of whoever asks to X-Forwarded-For.",
    "0",
    count,
)
IDLE_MINUTES = Variable(
    "PORTAL_IDLE_MINUTES",
    "After how many minutes without a request somebody is signed off from the desk; after 12 hours in any case.",
    "30",
    positive,
)
PORT = Variable("PORT", "The port on which the server listens, on this machine only.", "8000", port)
WORKERS = Variable("PORTAL_WORKERS", "Processes that answer requests.", "2", positive)
SEED = Variable("SEED", "0 lets `make run` start without the seed.", "1", one_of("0", "1"))

VARIABLES: tuple[Variable[Any], ...] = (
    SIDE,
    LOCAL,
    DEBUG,
    SECRET_KEY,
    HOSTS,
    URL,
    DATABASE_URL,
    PUBLIC_DATABASE_URL,
    DATABASE_POOL,
    VAR,
    MAIN_LANGUAGE,
    CURRENCIES,
    OFFICE,
    CONTACT,
    FOUR_EYES,
    TIME_ZONE,
    LICENCE_URL,
    PROXIES,
    IDLE_MINUTES,
    PORT,
    WORKERS,
    SEED,
)
# Whatever of these is set says that this is no trial on somebody's own machine.
OF_PRODUCTION = (SIDE, HOSTS, SECRET_KEY, DATABASE_URL, PUBLIC_DATABASE_URL)


def example() -> str:
    """The text of `.env.example`: every variable with its sentence and default."""
    opening = (
        "# Everything the portal can be told from outside, for a service manager to pass on: the\n"
        "# portal itself reads no such file. Written by `python -m portal.environment`.\n"
    )
    return opening + "".join(
        f"\n# {variable.sentence}\n#{variable.name}={variable.default}\n" for variable in VARIABLES
    )


if __name__ == "__main__":
    print(example(), end="")
