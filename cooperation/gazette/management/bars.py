"""A bar that fills while a command is at work."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import OutputWrapper

WIDTH = 40


def progress_bar(output: OutputWrapper) -> Callable[[int, int], None] | None:
    """What to tell how much is done, of how much; None where nobody watches."""
    if not output.isatty():
        return None

    def show(done: int, of: int) -> None:
        filled = WIDTH * done // of if of else WIDTH
        output.write(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done:,} of {of:,}", ending="")
        if done >= of:
            output.write("")

    return show
