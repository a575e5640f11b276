"""Holds a description to what it says today: in public it is open to what will be added, for tests it is not."""

from copy import deepcopy

from cooperation.faces.api.problems import SORTS, type_of


def closed(description):
    """The description with every object that names its members closed to others, and problems to the known sorts."""
    found = _closed(deepcopy(description))
    sorts = ["about:blank", *map(type_of, SORTS)]
    found["components"]["schemas"]["Problem"]["properties"]["type"]["enum"] = sorts
    return found


def _closed(part):
    if isinstance(part, list):
        return [_closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    inside = {name: _closed(one) for name, one in part.items()}
    if part.get("type") == "object" and "properties" in part:
        assert "additionalProperties" not in part
        inside["additionalProperties"] = False
    return inside
