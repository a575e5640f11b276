"""What differs between two documents of a record, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Difference(NamedTuple):
    """One value that differs: where it stands, and what it was and is; None where absent."""

    path: str
    before: Any
    after: Any


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Difference]:
    """Every value that differs, by path (`title/ko`, `commitments/korea/amount`), in reading order.

    A part that was added or removed is one difference under its own path; references, amounts and
    plain lists are compared whole.
    """
    return _compare("", before or {}, after or {})


def _compare(path: str, before: Any, after: Any) -> list[Difference]:
    if before == after:
        return []
    if (
        isinstance(before, dict)
        and isinstance(after, dict)
        and not _is_value(before)
        and not _is_value(after)
    ):
        return [
            difference
            for name in [*before, *(name for name in after if name not in before)]
            for difference in _compare(
                f"{path}/{name}" if path else name, before.get(name), after.get(name)
            )
        ]
    parts_before, parts_after = _parts(before), _parts(after)
    if parts_before is not None and parts_after is not None:
        return _compare_parts(path, parts_before, parts_after)
    return [Difference(path, before, after)]


def _compare_parts(path: str, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    found = []
    for name in [*before, *(name for name in after if name not in before)]:
        if name in before and name in after:
            found += _compare(f"{path}/{name}", before[name], after[name])
        else:
            found.append(Difference(f"{path}/{name}", before.get(name), after.get(name)))
    return found


def _parts(value: Any) -> dict[str, Any] | None:
    """The list's parts by id; None for a list without ids."""
    if not isinstance(value, list) or not all(
        isinstance(item, dict) and "id" in item for item in value
    ):
        return None
    return {item["id"]: item for item in value}


def _is_value(value: Mapping[str, Any]) -> bool:
    """Whether the object is one value to a reader: a reference or an amount."""
    return (
        {"kind", "key", "url"} <= value.keys() and "citations" not in value
    ) or "currency" in value
