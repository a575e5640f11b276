"""Worlds that take seconds to make: made once for the tests of a module, which change them for themselves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

World = TypeVar("World")


@contextmanager
def one_connection() -> Iterator[None]:
    """A while in which the public alias reads what the default one has written, committed or not."""
    separate = connections["public"]
    connections["public"] = connections["default"]
    try:
        yield
    finally:
        connections["public"] = separate


@contextmanager
def lasting(blocker: DjangoDbBlocker, make: Callable[[], World]) -> Iterator[World]:
    """What `make` returns, with the rows that it makes, until the block ends.

    They stay in a transaction of their own. Each test's transaction is a savepoint in it, so its changes
    go when it ends; records that are returned have to be copied for whoever changes them. A test of
    real transactions finds no room beside it.
    """
    around = transaction.atomic()
    with blocker.unblock(), one_connection():
        around.__enter__()
        try:
            made = make()
        except BaseException:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
            raise
    try:
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
