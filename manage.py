#!/usr/bin/env python3
"""The portal's commands: `python manage.py help` lists them."""

import os
import sys

OLDEST_PYTHON = (3, 11)


def main() -> None:
    """Run one command of the portal."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        sys.exit(f"The portal needs Python {wanted} or newer; this is {sys.version.split()[0]}.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    try:
        from django.core.management import execute_from_command_line

        from portal.environment import refusing
    except ImportError:
        sys.exit("Django is not installed here: run `make run`, or use .venv/bin/python.")
    with refusing():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
