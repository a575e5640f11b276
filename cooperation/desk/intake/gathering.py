"""Putting the rows of a table together by the record that they are of, whether by its key or by what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from cooperation.rules.keys import is_key, key_from

from .layouts import SheetLayout
from .lines import Line
from .members import Named
from .references import Names, Wanted, look_up, plain


@dataclass
class Bundle:
    """All rows of one record: its own, and those of its lists."""

    key: str
    main: Line | None = None
    lists: dict[str, list[Line]] = field(default_factory=dict)
    is_proposed: bool = False
    """Whether the key was made from the title, as the table gives none."""

    def lines(self) -> Iterator[Line]:
        """Its rows, its own first."""
        if self.main:
            yield self.main
        for lines in self.lists.values():
            yield from lines


def gather(kind: str, layouts: Iterable[SheetLayout]) -> tuple[list[Bundle], list[Line]]:
    """The rows by record, in the order of the table, and those of which no record can be told."""
    bundles: dict[str, Bundle] = {}
    lines = list(_lines(layouts))
    stray = [line for line in lines if not line.part and not _main(line, bundles)]
    parts = [line for line in lines if line.part]
    wanted: set[Wanted] = {((kind,), line.under("record_key")) for line in parts}
    wanted = {one for one in wanted if one[1]}
    names = look_up(wanted, Called(kind, bundles.values()).among(wanted))
    stray += [line for line in parts if not _part(kind, line, bundles, names)]
    return list(bundles.values()), stray


def _lines(layouts: Iterable[SheetLayout]) -> Iterator[Line]:
    """All rows of the sheets that are read."""
    for layout in layouts:
        if layout.plan is None:
            continue
        for row in layout.rows:
            line = Line(
                layout.sheet.name,
                row.number,
                layout.plan.part,
                row=row,
                plan=layout.plan,
                headings=layout.headings,
            )
            _refuse_nameless(line, layout)
            yield line


class Called:
    """What the table itself calls its records, so that they can be named by it."""

    def __init__(self, kind: str, bundles: Iterable[Bundle]):
        self.kind = kind
        self.titles: dict[str, list[str]] = {}
        self.keys: dict[str, set[str]] = {}
        for bundle in bundles:
            if bundle.main:
                found = [text for text in _titles(bundle.main) if text]
                self.titles[bundle.key] = found
                for text in found:
                    self.keys.setdefault(plain(text), set()).add(bundle.key)

    def among(self, wanted: Iterable[Wanted]) -> dict[Named, list[str]]:
        """Those of the records that may be meant, with their titles."""
        found: dict[Named, list[str]] = {}
        for kinds, text in wanted:
            if self.kind in kinds:
                key = text.rpartition("/")[2].strip()
                for one in {key, *self.keys.get(plain(text), ())}:
                    if one in self.titles:
                        found[self.kind, one] = self.titles[one]
        return found


def _titles(line: Line) -> Iterator[str]:
    for one in line.headings:
        if one.column and one.column.path[0] == "title":
            yield line.text(one)


def _refuse_nameless(line: Line, layout: SheetLayout) -> None:
    """A value under no heading is not passed over in silence."""
    headed = {one.index for one in layout.headings}
    for index, text in enumerate(line.row.cells if line.row else ()):
        if text.strip() and index not in headed:
            mend = _("Cell %(number)s of this row has no heading; name the column, or empty it.")
            line.complain(None, text, mend % {"number": index + 1})


def _main(line: Line, bundles: dict[str, Bundle]) -> bool:
    key, is_proposed = line.under("key"), False
    if not key:
        title = line.under("title", settings.PORTAL_MAIN_LANGUAGE) or line.under("title", "en")
        key, is_proposed = key_from(title), True
    line.key = key
    if not is_key(key):
        line.complain(
            line.heading_of("key"),
            line.under("key"),
            _(
                "Give a key of small Latin letters and digits with single hyphens between, such as alibaba-group."
            ),
        )
        return False
    if key in bundles:
        first = bundles[key].main
        mend = _("Row %(number)s has the same key already; make one of the two.")
        line.complain(
            line.heading_of("key"), key, mend % {"number": first.number if first else "–"}
        )
        return False
    bundles[key] = Bundle(key, line, is_proposed=is_proposed)
    return True


def _part(kind: str, line: Line, bundles: dict[str, Bundle], names: Names) -> bool:
    heading, written = line.heading_of("record_key"), line.under("record_key")
    try:
        if not written:
            raise ValueError(
                _("Give the key of the record that this row belongs to, such as alibaba-group.")
            )
        line.key = names.find((kind,), written)[1]
    except ValueError as fault:
        line.key = written
        if not is_key(written):
            line.complain(heading, written, str(fault))
            return False
    bundle = bundles.setdefault(line.key, Bundle(line.key))
    bundle.lists.setdefault(line.part, []).append(line)
    return True
