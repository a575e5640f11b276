"""Runs a piece of the portal in a process of its own, with exactly the environment given."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "k" * 25 + "0123456789" * 3
PRODUCTION = {
    "PORTAL_SECRET_KEY": KEY,
    "PORTAL_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
    "DATABASE_URL": "postgresql://portal:secret@db.example/portal",
}


def python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the program printed, and how it ended."""
    return run(["-W", "error", "-c", program], environment)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a management command printed, and how it ended."""
    return run(["manage.py", *arguments], environment)


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What Python printed with these arguments, and how it ended."""
    surroundings = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
    surroundings.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
    )
