"""Canonical JSON (RFC 8785) and the hash over it: equal content is equal bytes."""

import hashlib
from typing import Any

import rfc8785

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 form of a JSON value as UTF-8 bytes.

    TypeError, naming the path, for floats and whatever else JSON or exactness does not allow; ValueError,
    naming the path, for integers beyond 2**53 - 1, unpaired surrogates and nesting beyond 64 levels.
    """
    _check(value, "", 0)
    return rfc8785.dumps(value)


def canonical_text(value: Any) -> str:
    """Return the RFC 8785 form of a JSON value as text. Errors as in `canonical`."""
    return canonical(value).decode()


def digest(data: bytes | str) -> str:
    """Return `sha256:` and the hex digest of the bytes, text being taken as UTF-8."""
    return "sha256:" + hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _check(value: Any, path: str, depth: int) -> None:
    where = path or "the document itself"
    if depth > MAX_DEPTH:
        raise ValueError(f"{where[:200]} is nested more than {MAX_DEPTH} levels deep.")
    if isinstance(value, dict):
        for name, member in value.items():
            if not isinstance(name, str):
                raise TypeError(f"{where} has a member name that is not a text: {name!r}.")
            _check_text(name, where)
            _check(member, f"{path}/{name}", depth + 1)
    elif isinstance(value, list | tuple):
        for position, member in enumerate(value):
            _check(member, f"{path}/{position}", depth + 1)
    else:
        _check_leaf(value, where)


def _check_leaf(value: Any, where: str) -> None:
    if isinstance(value, str):
        _check_text(value, where)
    elif value is not None and not isinstance(value, int):
        kind = type(value).__name__
        raise TypeError(f"{where} is of type {kind}, which has no exact form in JSON.")
    elif value is not None and abs(value) > MAX_INTEGER:
        raise ValueError(f"{where} is an integer beyond {MAX_INTEGER}; write it as text.")


def _check_text(text: str, where: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where} holds half a character (an unpaired surrogate).") from None
