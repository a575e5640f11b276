"""What `make run` does once everything is installed: prepare this machine's portal, then serve it."""

import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from portal import environment
from portal.catalogues import compile_catalogues
from portal.release import static_release


def say(sentence: str) -> None:
    """One line to whoever started the portal."""
    print(sentence, flush=True)


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


def main() -> None:
    """Prepare, then become the server."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        refuse_taken_port(environment.PORT.value)
        django.setup()
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    prepare()
    say("Starting the server; Ctrl-C stops it.")
    gunicorn = Path(sys.executable).with_name("gunicorn")
    config = str(settings.ROOT / "deploy" / "gunicorn.py")
    os.execv(gunicorn, [str(gunicorn), "--config", config])  # noqa: S606  # our own program, no shell


if __name__ == "__main__":
    main()
