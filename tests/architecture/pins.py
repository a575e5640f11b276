"""Every dependency is pinned, hashed, locked as asked for, and not withdrawn by its makers."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SETS = ("requirements", "requirements-prod", "requirements-dev")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(\[[a-z,]+\])?==([A-Za-z0-9.]+)( ;.*)?$")
RESOLVE = "--quiet --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url"


def name_of(written: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", written).lower()


def asked(path: Path) -> dict[str, str]:
    """Name and version of each line of a requirements file, those it includes among them."""
    pins: dict[str, str] = {}
    for line in path.read_text().splitlines():
        wanted = line.split("#")[0].strip()
        if wanted.startswith("-r "):
            pins |= asked(path.parent / wanted.removeprefix("-r "))
        elif wanted:
            pins |= _pin(wanted, path)
    return pins


def _pin(line: str, path: Path) -> dict[str, str]:
    """Name and version, or an end in a sentence."""
    found = PIN.match(line)
    if not found:
        sys.exit(f"{path.name}: {line!r} is not pinned with ==.")
    return {name_of(found[1]): found[3]}


def locked(path: Path) -> dict[str, str]:
    """Name and version of each entry of a lock; an entry without a hash is refused."""
    pins: dict[str, str] = {}
    for entry in re.split(r"\n(?=[a-z])", _without_comments(path.read_text())):
        first, *hashes = [line.strip(" \\") for line in entry.splitlines()]
        if not any(line.startswith("--hash=sha256:") for line in hashes):
            sys.exit(f"{path.name}: {first!r} has no hash; `make lock` writes it.")
        pins |= _pin(first, path)
    return pins


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("#"))


def disagreement(name: str) -> str | None:
    """What the lock of a set says otherwise than its requirements, in a sentence."""
    wanted, held = asked(ROOT / f"{name}.txt"), locked(ROOT / f"{name}.lock")
    for package, version in wanted.items():
        if held.get(package) != version:
            return f"{name}.lock has {package} {held.get(package, 'not at all')}, asked for is {version}."
    return None


def resolved_anew(name: str) -> tuple[dict[str, str], str] | None:
    """What resolving gives now, with the resolver's warnings; None when no index answers."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "lock"
        shutil.copy(ROOT / f"{name}.lock", target)
        program = [str(Path(sys.executable).with_name("uv")), "pip", "compile"]
        done = subprocess.run(
            [*program, *RESOLVE.replace("--quiet ", "").split(), f"{name}.txt", "-o", str(target)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            return None
        lines = _without_comments(target.read_text()).splitlines()
    return dict(pair for line in lines for pair in _pin(line.strip(), target).items()), done.stderr


def main() -> int:
    """0 when everything is in order; says in one line what is not, or could not be asked."""
    for name in SETS:
        if fault := disagreement(name):
            print(f"pins: {fault} `make lock` writes the locks anew.")
            return 1
    for name in SETS:
        fresh = resolved_anew(name)
        if fresh is None:
            print(
                "pins: pinned, hashed and locked; no package index answered, so NOT looked up: yanked"
            )
            return 0
        pins, warnings = fresh
        if "yanked" in warnings:
            print(f"pins: {warnings.strip()}")
            return 1
        if pins != locked(ROOT / f"{name}.lock"):
            print(
                f"pins: {name}.lock is not what its requirements resolve to; `make lock` writes it."
            )
            return 1
    print("pins: in order")
    return 0


if __name__ == "__main__":
    sys.exit(main())
