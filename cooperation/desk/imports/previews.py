"""What an import would do, row by row, written down so that it can be leafed through."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from cooperation.desk.intake.lines import Line, Outcome

ON_A_PAGE = 100
MOST_PROBLEMS = 1_000
ALL = ""


class Notes:
    """The rows as they are told, written to a file with where each page of them begins."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.file = (folder / "rows.jsonl").open("wb")
        self.place = 0
        self.counts: dict[str, int] = defaultdict(int)
        self.pages: dict[str, list[int]] = defaultdict(list)
        self.problems: list[list[Any]] = []

    def note(self, line: Line) -> None:
        """Write one row down."""
        said = line.said()
        written = f"{line.outcome.value} {json.dumps(said, ensure_ascii=False)}\n"
        for name in (ALL, line.outcome.value):
            if self.counts[name] % ON_A_PAGE == 0:
                self.pages[name].append(self.place)
            self.counts[name] += 1
        for problem in line.problems[: MOST_PROBLEMS - len(self.problems)]:
            self.problems.append([line.sheet, line.number, *problem])
        data = written.encode("utf-8", "replace")
        self.file.write(data)
        self.place += len(data)

    def close(self) -> None:
        """Write down where the pages begin, and what is wrong."""
        self.file.close()
        sheets = list(dict.fromkeys(one[0] for one in self.problems))
        # Rows of which no record can be told are told first; people look for them by their number.
        self.problems.sort(key=lambda one: (sheets.index(one[0]), one[1] or 0))
        said = {"counts": self.counts, "pages": self.pages, "problems": self.problems}
        text = json.dumps(said, ensure_ascii=False)
        (self.folder / "rows.json").write_text(text, errors="replace")


class Preview:
    """What was written down of the rows."""

    def __init__(self, folder: Path):
        self.folder = folder
        said = json.loads((folder / "rows.json").read_text())
        self.counts: dict[str, int] = said["counts"]
        self.starts: dict[str, list[int]] = said["pages"]
        self.problems: list[list[Any]] = said["problems"]

    def page_count(self, outcome: str) -> int:
        """How many pages the rows with that outcome fill; all rows where it is empty."""
        return len(self.starts.get(outcome, ()))

    def page(self, outcome: str, number: int) -> list[dict[str, Any]]:
        """The rows of one page, counted from 1; reading begins where the page does."""
        starts = self.starts.get(outcome, [])
        if not 1 <= number <= len(starts):
            return []
        found: list[dict[str, Any]] = []
        with (self.folder / "rows.jsonl").open("rb") as file:
            file.seek(starts[number - 1])
            for data in file:
                name, _blank, said = data.partition(b" ")
                if outcome in (ALL, name.decode()):
                    found.append(json.loads(said))
                if len(found) == ON_A_PAGE:
                    break
        return found


OUTCOMES = tuple(outcome.value for outcome in Outcome)
