"""A small reader of data packages, written after the standard (datapackage.org) and not after our code."""

import csv
import json
import re
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

READ = {
    "string": str,
    "number": Decimal,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "datetime": datetime.fromisoformat,
    "any": lambda value: value,
}
KNOWN = {"required", "enum", "pattern", "minimum", "maxLength"}


class Package:
    """A package that was downloaded: what it says of itself, and its tables, each cell read as what it is to be."""

    def __init__(self, data):
        with ZipFile(BytesIO(data)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.described = json.loads(self.files["datapackage.json"])
        self.resources = {one["name"]: one for one in self.described["resources"]}
        self.tables = {name: [*self._rows(one)] for name, one in self.resources.items()}
        for resource in self.resources.values():
            self._check_keys(resource)

    def texts(self, name):
        """The rows of a table as they stand there."""
        lines = csv.DictReader(StringIO(self.files[f"{name}.csv"].decode("utf-8"), newline=""))
        return [*lines]

    def _rows(self, resource):
        data = self.files[resource["path"]]
        assert len(data) == resource["bytes"]
        assert f"sha256:{sha256(data).hexdigest()}" == resource["hash"]
        assert resource["encoding"] == "utf-8"
        assert not data.startswith(b"\xef\xbb\xbf")
        fields = resource["schema"]["fields"]
        for names, row in _cells(resource["format"], data):
            assert names == [field["name"] for field in fields]
            yield {
                field["name"]: cast(field, cell) for field, cell in zip(fields, row, strict=True)
            }

    def _check_keys(self, resource):
        rows, schema = self.tables[resource["name"]], resource["schema"]
        if "primaryKey" in schema:
            keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
            assert len(keys) == len({*keys}), resource["name"]
        for key in schema.get("foreignKeys", []):
            (here,), led = key["fields"], key["reference"]
            (there,) = led["fields"]
            assert {row[here] for row in rows} <= {
                row[there] for row in self.tables[led["resource"]]
            }, resource["name"]


def _cells(form, data):
    if form == "ndjson":
        for line in data.splitlines():
            document = json.loads(line)
            yield [*document], [*document.values()]
    else:
        names, *rows = csv.reader(StringIO(data.decode("utf-8"), newline=""), strict=True)
        yield from ((names, row) for row in rows)


def cast(field, cell):
    """What the cell means; AssertionError where it is not what the field says that it may hold."""
    constraints = field.get("constraints", {})
    assert constraints.keys() <= KNOWN
    if cell == "":
        assert not constraints.get("required"), field["name"]
        return None
    value = READ[field["type"]](cell)
    assert cell in constraints.get("enum", [cell]), (field["name"], cell)
    assert re.fullmatch(constraints.get("pattern", "(?s:.*)"), str(cell)), (field["name"], cell)
    assert len(str(cell)) <= constraints.get("maxLength", len(str(cell))), (field["name"], cell)
    assert "minimum" not in constraints or value >= constraints["minimum"], (field["name"], cell)
    return value
