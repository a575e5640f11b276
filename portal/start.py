"""What `make run` does once everything is installed: prepare this machine's portal, then serve it."""

import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from portal import environment
from portal.catalogues import compile_catalogues
from portal.release import static_release


def say(sentence: str) -> None:
    """One line to whoever started the portal."""
    print(sentence, flush=True)


def refuse_other_portals() -> None:
    """Refuses what a shell says of a portal elsewhere: this one keeps to its own database on this machine."""
    for variable in (environment.DATABASE_URL, environment.PUBLIC_DATABASE_URL, environment.SIDE):
        if variable.given and variable.value != variable.default:
            raise ImproperlyConfigured(
                f"{variable.name} is set in this shell, but `make run` serves this machine's own portal "
                f"from its own database: `unset {variable.name}` and start again; "
                "for production see deploy/README.md."
            )


def refuse_taken_port(port: int) -> None:
    """Ends in one sentence when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            sys.exit(
                f"Port {port} is taken or not to be had: stop what listens there, "
                f"or choose another with `make run PORT={port + 1 if port < 65535 else 8000}`."
            )


def keep_to_its_owner(folder: Path) -> None:
    """Drafts and password hashes lie in the folder; one that somebody chose keeps the rights it has."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder == settings.ROOT / "var":
        with suppress(PermissionError):
            folder.chmod(0o700)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """A while in which no other start prepares the portal in that folder; waits for one that does."""
    with (folder / "starting.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing this portal; waiting until it is done.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare() -> None:
    """Brings database, texts and static files up to date; a second time finds nothing to do."""
    compile_catalogues(settings.ROOT)
    say("Bringing the database up to date.")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("set_up_roles")
    collect_static_files()
    if environment.SEED.value == "1":
        call_command("seed")
    call_command("set_up_accounts")


def collect_static_files() -> None:
    """Copies styles and scripts under hashed names, unless they are there already."""
    stamp = Path(settings.STATIC_ROOT) / ".release"
    release = static_release(settings.ROOT)
    if stamp.exists() and stamp.read_text() == release:
        return
    say("Gathering styles and scripts.")
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["redoc"])
    stamp.write_text(release)


def configure() -> None:
    """Reads all that is set, so that nothing is refused half-way, and lets Django begin."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ["PORTAL_LOCAL"] = "on"
    refuse_other_portals()
    for variable in environment.VARIABLES:
        _ = variable.value
    refuse_taken_port(environment.PORT.value)
    django.setup()


def mishap(fault: Exception) -> str:
    """What went wrong during preparation, and how to mend it, in one line."""
    if isinstance(fault, OSError):
        return (
            f"{fault.filename or settings.VAR} cannot be used ({fault.strerror}): "
            "see that the portal may write there, then start again."
        )
    if isinstance(fault, DatabaseError):
        told = " ".join(str(fault).split())
        return (
            f"The database in {settings.VAR} cannot be brought up to date ({told}): "
            "end what else uses it and see that it may be written, then start again."
        )
    return " ".join(str(fault).split())


def main() -> None:
    """Prepare, then become the server."""
    try:
        with environment.refusing():
            configure()
        keep_to_its_owner(settings.VAR)
        with alone(settings.VAR):
            prepare()
    except KeyboardInterrupt:
        sys.exit("Stopped; the next start takes up what is left to do.")
    except (OSError, DatabaseError, CommandError) as fault:
        sys.exit(mishap(fault))
    say("Starting the server; Ctrl-C stops it.")
    # What a shell would add to gunicorn's command is meant for another server.
    os.unsetenv("GUNICORN_CMD_ARGS")
    config = str(settings.ROOT / "deploy" / "gunicorn.py")
    # Not its script, which names the place where the environment was made.
    command = [sys.executable, "-m", "gunicorn", "--config", config]
    os.execv(sys.executable, command)  # noqa: S606  # our own program, no shell


if __name__ == "__main__":
    main()
