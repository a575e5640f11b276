"""The program that reads a file which somebody has sent: run in a process of its own, within hard limits.

It finds the type from the content, refuses what could do harm, and takes out the text. It is told
where its libraries lie, the longest text and the most pages; the file is its standard input, and
what it writes is JSON: a type and a text, or the code of a refusal. It knows nothing of Django, of
the database or of the environment, so whatever a file does to it, the office goes on.
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import signal
import sys
from typing import Any

PROCESSOR_SECONDS = 0.85
MEMORY = 768 * 2**20
OUTPUT = 24 * 2**20
BEGINNING = 1024

PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"
# What other files begin with. A picture, a program or an archive is no text to quote from.
MAGIC = (
    (b"PK\x03\x04", "packed"),
    (b"PK\x05\x06", "packed"),
    (b"\xd0\xcf\x11\xe0", "packed"),
    (b"{\\rtf", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"RIFF", "picture"),
    (b"8BPS", "picture"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"#!", "program"),
    (b"%!PS", "program"),
)
PAGE = re.compile(
    # What has been read is not read again in another way, or comments would cost twice as much each.
    r"(?>(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]{0,200}\?>)*)<(?:!doctype\s+html|(?:html|head|title|meta|base|link|body|article|main|section"
    r"|header|div|p|h[1-6]|table|ul|ol|span|a|b|i|center|script|style|iframe)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(r"\s*<(?:\?xml|!doctype|svg)", re.IGNORECASE)


def read(content: bytes, longest: int, most_pages: int) -> tuple[str, str]:
    """The type and the text of a file's bytes; Refused where it is none of the three or could do harm."""
    from cooperation.desk.copies.decoding import decoded
    from cooperation.desk.copies.refusals import Refused, bounded

    for beginning, code in MAGIC:
        # A text may begin with two letters such as BM; a picture or program goes on with zeros.
        if content.startswith(beginning) and (
            not beginning.isalpha() or len(beginning) > 2 or b"\0" in content[:BEGINNING]
        ):
            raise Refused(code)
    if content.startswith(b"%PDF-"):
        from cooperation.desk.copies.pdfs import text_of_pdf

        return PDF, text_of_pdf(content, longest, most_pages)
    if b"%PDF-" in content[:BEGINNING]:
        raise Refused("two-types")
    text = decoded(content)
    if "\0" in text:
        raise Refused("undecodable")
    if PAGE.match(text):
        from cooperation.desk.copies.webpages import text_of_page

        return HTML, text_of_page(text, longest)
    if XML.match(text):
        raise Refused("xml")
    return TEXT, bounded(text, longest)


def confine(seconds: float = PROCESSOR_SECONDS, memory: int = MEMORY, output: int = OUTPUT) -> None:
    """Take away what reading a file does not need: time, memory, files to write, processes to start."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for limit, most in (
        (resource.RLIMIT_CPU, int(seconds) + 2),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        # Some systems refuse one or another; the office waits for a second in any case.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def main(libraries: list[str], longest: int, most_pages: int) -> None:
    """Read standard input, and write what was found."""
    confine()
    sys.path += libraries
    from cooperation.desk.copies.refusals import Refused

    try:
        kind, text = read(sys.stdin.buffer.read(), longest, most_pages)
        answer: dict[str, Any] = {"type": kind, "text": text}
    except Refused as refused:
        answer = {"refused": refused.code, "number": refused.number}
    except (
        RuntimeError,
        MemoryError,
    ):  # what the libraries raise over what is deep, vast or broken
        answer = {"refused": "damaged", "number": None}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[3:], int(sys.argv[1]), int(sys.argv[2]))
