"""A guide whose code is run: its steps in each language, and whether they print what it shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
ADDRESS = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What no step prints stands between what two of them print.
EDGE = "\x1e"
MARKS = {
    "sh": "printf '\\036\\n'\n",
    "python": 'print("\\x1e", flush=True)\n',
    "js": 'console.log("\\x1e");\n',
}


class Step(NamedTuple):
    """A block of code, and the block that shows what it prints."""

    code: str
    shown: str


def steps(guide: str, language: str) -> list[Step]:
    """The blocks in that language, each with the next block of text; those of others may stand between."""
    found, waiting = [], []
    for tongue, block in BLOCK.findall(guide):
        if tongue == "text":
            found += [Step(code, block) for code in waiting]
            waiting = []
        elif tongue == language:
            waiting.append(block)
    assert not waiting, f"The guide does not show what this prints: {waiting}"
    return found


def program(guide: str, language: str, address: str) -> str:
    """The blocks of a language as one program, for they build on one another."""
    codes = [step.code + MARKS[language] for step in steps(guide, language)]
    return "".join(codes).replace(ADDRESS, address)


def differences(guide: str, language: str, printed: str) -> list[str]:
    """A sentence for each step that printed something else than is shown; … stands for anything."""
    expected = steps(guide, language)
    pieces = [piece.strip() for piece in printed.split(EDGE)][: len(expected)]
    pieces += ["nothing, as an earlier step failed"] * (len(expected) - len(pieces))
    return [
        f"{step.code}\nshows\n{step.shown}\nand prints\n{piece}"
        for step, piece in zip(expected, pieces, strict=True)
        if not re.fullmatch(re.escape(step.shown.strip()).replace("…", ".*"), piece)
    ]
