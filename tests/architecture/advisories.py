"""Asks for known vulnerabilities of everything pinned, and never calls silence good news."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_SECONDS = 180


def report() -> list[dict[str, Any]] | None:
    """What pip-audit found for each dependency; None when it could not look all of them up."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    asked = ["--strict", "--require-hashes", "--disable-pip", "-r", "requirements-dev.lock"]
    shape = ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            [program, *asked, *shape],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
        )
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return found


def main() -> int:
    """1 for a known vulnerability; 0 otherwise, with a line that says what 0 means."""
    found = report()
    if found is None:
        print(
            "advisories: NOT LOOKED UP, the advisory service could not be asked; nothing is known"
        )
        return 0
    faults = [entry for entry in found if entry.get("vulns")]
    for entry in faults:
        known = ", ".join(str(fault["id"]) for fault in entry["vulns"])
        print(f"advisories: {entry['name']} {entry['version']} has {known}")
    if not faults:
        print("advisories: none known")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
