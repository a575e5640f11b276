"""What Lighthouse says of home, list and record, on a phone and a desktop: `make proof-lighthouse`.

Starts a portal with the seed in a folder of its own, as `make run` does, and has every page measured
as a reader sees it who comes for the first time. Fails below the figures in `WANTED`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browsers import install
from tests.setup.processes import Portal

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs on Node 20
PAGES = {"home": "/", "list": "/initiatives/", "record": "/funds/korea-china-cultural-fund/"}
LANGUAGES = {"en": "", "ko": "/ko"}
FORMS = {"phone": (), "desktop": ("--preset=desktop",)}
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_BYTES = 100_000
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> int:
    """Print a row a page; 1 where one falls short."""
    browser = install()
    if browser is None:
        print("A Chromium is needed and could not be installed (Debian: apt-get install chromium).")
        return 1
    short = 0
    print(f"{'page':<18}{'perf':>6}{'access':>8}{'best':>6}{'seo':>6}{'kB':>8}{'shift':>8}")
    with tempfile.TemporaryDirectory() as folder, Portal(Path(folder)) as portal:
        for form, options in FORMS.items():
            for page, path in PAGES.items():
                for language, prefix in LANGUAGES.items():
                    address = f"http://127.0.0.1:{portal.port}{prefix}{path}"
                    report = measured(address, options, browser, Path(folder))
                    short += told(f"{page} {language} {form}", report)
    print("All as promised." if not short else f"{short} fall short.")
    return int(bool(short))


def measured(address: str, options: tuple[str, ...], browser: Path, folder: Path) -> Any:
    """Lighthouse's report of one page."""
    to = folder / "report.json"
    command = [
        "npx", "--yes", LIGHTHOUSE, address, "--output=json", f"--output-path={to}", "--quiet",
        f"--chrome-flags={FLAGS}", f"--only-categories={','.join(WANTED)}", *options,
    ]  # fmt: skip
    surroundings = {**os.environ, "CHROME_PATH": str(browser)}
    subprocess.run(command, env=surroundings, check=True, timeout=300)  # noqa: S603 -- our own command
    return json.loads(to.read_text())


def told(name: str, report: Any) -> bool:
    """Print the row of one page; whether it falls short."""
    scores = {name: round(report["categories"][name]["score"] * 100) for name in WANTED}
    requests = report["audits"]["network-requests"]["details"]["items"]
    transferred = sum(one["transferSize"] for one in requests if one["resourceType"] != "Font")
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    row = "".join(
        f"{scores[one]:>{width}}" for one, width in zip(WANTED, (6, 8, 6, 6), strict=True)
    )
    print(f"{name:<18}{row}{transferred / 1000:>8.1f}{shift:>8.3f}", flush=True)
    for one, wanted in WANTED.items():
        for audit in report["categories"][one]["auditRefs"] if scores[one] < wanted else ():
            found = report["audits"][audit["id"]]
            if found["score"] is not None and found["score"] < 1 and audit["weight"]:
                print(f"    {one}: {found['title']} {found.get('displayValue', '')}")
    is_short = any(scores[one] < wanted for one, wanted in WANTED.items())
    return is_short or transferred >= MOST_BYTES or shift > 0


if __name__ == "__main__":
    sys.exit(main())
