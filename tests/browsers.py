"""Finds a Chromium for browser tests, and installs Debian's where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these a browser asks its maker for updates all the while.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch_arguments() -> dict[str, object]:
    """What Playwright is told when it starts the browser; root has no sandbox."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return {"executable_path": str(chromium()), "args": [*QUIET, *sandbox]}


def chromium() -> Path | None:
    """A browser on this machine: the system's, else the one that Playwright brought."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def install() -> Path | None:
    """A browser, fetched if there is none: by apt as root, else by Playwright; None if neither works."""
    if found := chromium():
        return found
    if os.getuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's Chromium for the browser tests.", flush=True)
        _quietly("apt-get", "update")
        _quietly("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if not chromium():
        _quietly("playwright", "install", "chromium")
    return chromium()


def _quietly(program: str, *arguments: str) -> None:
    """Runs an installer that may fail; what counts is whether a browser is there afterwards."""
    beside = Path(sys.executable).with_name(program)
    subprocess.run(
        [str(beside) if beside.exists() else program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        timeout=900,
    )
