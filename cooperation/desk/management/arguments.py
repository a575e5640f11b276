"""What the desk's commands are told: records as kind/key, a user, a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser

from cooperation.catalogue import KINDS
from cooperation.desk.models import Record


def add_arguments(parser: CommandParser) -> None:
    """Let a command take records, a user and a reason."""
    parser.add_argument(
        "records", nargs="*", metavar="kind/key", help="such as organization/alibaba-group"
    )
    parser.add_argument(
        "--by", required=True, help="name of the user who does it; stays at the desk"
    )
    parser.add_argument("--reason", required=True, help="why, for all to read")


def user_named(name: str) -> User:
    """The user of that name; CommandError where there is none."""
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no user named “{name}”.")
    return found


def records_named(names: Sequence[str], *, unpublished: bool = False) -> list[Record]:
    """The records named `kind/key`, and all drafts and changed ones if asked for; CommandError for a wrong name."""
    found = [_record(name) for name in names]
    if unpublished:
        waiting = (Record.State.DRAFT, Record.State.CHANGED)
        for kind in KINDS:
            found += apps.get_model("desk", kind).objects.filter(state__in=waiting)
    elif not names:
        raise CommandError("Name the records, such as organization/alibaba-group.")
    return found


def _record(name: str) -> Record:
    kind, _slash, key = name.partition("/")
    if kind not in KINDS:
        raise CommandError(f"“{name}” is not written kind/key; the kinds are {', '.join(KINDS)}.")
    found = apps.get_model("desk", kind).objects.filter(key=key).first()
    if found is None:
        raise CommandError(f"There is no {kind} with the key “{key}”.")
    return found
