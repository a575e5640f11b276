"""What nginx does with deploy/nginx.conf before a portal: `make proof-throttling`.

Starts a portal with the seed and an nginx on ports of this machine, floods it from one address while
another reads, and prints a row for each thing looked at. Fails where one is not as it should be.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

from cooperation.catalogue import KINDS
from tests.setup.processes import Portal
from tests.setup.proxies import COUNTED, STALE_SECONDS, Answer, Proxy, Stub, ask

FLOOD = 100
READER, FLOODER = "127.0.0.2", "127.0.0.3"
API = "/api/v1/funds/"
DOWNLOAD = "/api/v1/exports/funds.ndjson"
Ask = Callable[..., Answer]


def main() -> int:
    """Print a row for each thing looked at; 1 where one is not as it should be."""
    if not shutil.which("nginx") or not shutil.which("openssl"):
        print("nginx and openssl are needed for this (Debian: apt-get install nginx openssl).")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            Portal(folder, PORTAL_HOSTS="portal.example", PORTAL_PROXIES="1") as portal,
            Proxy(folder, portal.port) as proxy,
        ):
            asking = partial(ask, proxy.port)
            rows = [*floods(asking), *readings(asking, proxy), *bounds(asking, proxy)]
        with Stub() as stub, Proxy(folder, stub.port, patience=2) as proxy:
            rows += [*troubles(partial(ask, proxy.port)), ages(partial(ask, proxy.port))]
        with Proxy(folder, stub.port) as proxy:
            rows += absences(partial(ask, proxy.port))
    wrong = sum(not row for row in rows)
    print("All as it should be." if not wrong else f"{wrong} are not as they should be.")
    return int(bool(wrong))


def told(what: str, seen: object, *, right: bool) -> bool:
    """The row, printed; whether it is as it should be."""
    print(f"{'yes' if right else 'NO ':<4}{what:<66}{seen}", flush=True)
    return right


def flood(asking: Ask, path: str, times: int = FLOOD) -> list[Answer]:
    """What one address is answered that asks so many times at once."""
    once = partial(asking, path, source=FLOODER, together=Barrier(times))
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _turn: once(), range(times)))


def floods(asking: Ask) -> list[bool]:
    """Beyond its rate an address is turned away, in the form it asked for; others read on."""
    rows = []
    for what, path, form in (
        ("pages", "/about/", "text/html"),
        ("pages in Korean", "/ko/about/", "text/html"),
        ("the interface", API, "application/problem+json"),
    ):
        with ThreadPoolExecutor(1) as pool:
            flooding = pool.submit(flood, asking, path)
            reading = [asking(path, source=READER) for _turn in range(10)]
            answers = flooding.result()
        rows += [turned_away(what, answers, form), read_on(what, reading)]
        time.sleep(6)
    answers = flood(asking, DOWNLOAD, 20)
    rows.append(turned_away("downloads", answers, "application/problem+json"))
    paths = [f"/api/v1/exports/{kind.plural}.ndjson" for kind in KINDS.values()]
    seen = [asking(path, source=READER).status for path in paths]
    rows.append(
        told("a download of each kind, one after the other", seen, right=set(seen) == {200})
    )
    return rows


def turned_away(what: str, answers: list[Answer], form: str) -> bool:
    """Whether some were turned away as they should be, and none otherwise."""
    counts = Counter(answer.status for answer in answers)
    refused = [answer for answer in answers if answer.status == 429]
    right = set(counts) == {200, 429} and all(is_refusal(one, form) for one in refused)
    return told(f"a flood of {what} is let through in part, then 429", dict(counts), right=right)


def is_refusal(answer: Answer, form: str, later: str | None = "60") -> bool:
    """Whether it is a refusal in that form that says when to come again, if at all, kept by nobody."""
    headers = answer.headers
    if form.endswith("json"):
        said = json.loads(answer.body)
        spoken = (said["status"], said["title"]) == (answer.status, answer.title)
    else:
        spoken = b"<h1" in answer.body and b"/errors/errors.css" in answer.body
    named = headers.get("Content-Type", "").split(";")[0] == form
    kept = (headers.get("Retry-After"), headers.get("Cache-Control"))
    return named and spoken and kept == (later, "no-store") and answer.is_open


def read_on(what: str, answers: list[Answer]) -> bool:
    """Whether somebody at another address was answered all the while."""
    slowest = max(answer.seconds for answer in answers)
    right = {answer.status for answer in answers} == {200}
    seen = f"10 answers, the slowest after {slowest:.2f} s"
    return told(f"meanwhile another address reads {what}", seen, right=right)


def readings(asking: Ask, proxy: Proxy) -> list[bool]:
    """304 passes; what may be kept is kept, once for each encoding; the desk never is."""
    rows = []
    for what, path in (("page", "/about/"), ("answer of the interface", API)):
        etag = asking(path, source=READER).headers["ETag"]
        again = asking(path, {"If-None-Match": etag}, source=READER)
        right = (again.status, again.body) == (304, b"")
        rows.append(told(f"a {what} that is known already is 304", again.status, right=right))
    plain, packed = "/api/v1/platforms/", {"Accept-Encoding": "br, gzip"}
    for headers in ({}, {}, packed, packed):
        asking(plain, headers, source=READER)
    time.sleep(2)
    for _turn in range(2):
        asking(plain, source=READER)
        time.sleep(0.5)
    seen = proxy.kept(plain)
    right = seen == ["MISS", "HIT", "MISS", "HIT", "STALE", "HIT"]
    rows.append(told("the interface is kept, and asked after its second", seen, right=right))
    desk = [asking("/admin/login/", source=READER) for _turn in range(2)]
    # nginx writes its log once the answer has left.
    time.sleep(0.5)
    seen = (proxy.kept("/admin/login/"), desk[1].headers["Cache-Control"])
    rows.append(told("the desk is kept by nobody", seen, right=seen == (["-", "-"], "no-store")))
    foreign = asking(API, source=READER).headers.get("Access-Control-Allow-Origin")
    rows.append(told("programs on other sites may read", foreign, right=foreign == "*"))
    return rows


def bounds(asking: Ask, proxy: Proxy) -> list[bool]:
    """Lines and bodies are as long as the portal takes them; no log holds what was searched."""
    rows = []
    for path, form in ((API, "application/problem+json"), ("/ko/", "text/html")):
        passed = [asking(f"{path}?q={'a' * size}", source=READER) for size in (190, 5000)]
        refused = [
            asking(f"{path}?q={'a' * 9000}", source=READER),
            asking(path, {"X-Long": "a" * 9000}, source=READER),
            asking(path, method="POST", body=b"a" * 20_000, source=READER),
            asking(path, {"Host": "a b"}, source=READER),
        ]
        seen = [answer.status for answer in (*passed, *refused)]
        right = seen == [200, 400, 414, 431, 413, 400]
        right = right and all(is_refusal(answer, form, None) for answer in refused)
        rows.append(told(f"{path} with too much: the portal's answers, nginx's", seen, right=right))
    logs = [(proxy.folder / name).read_text() for name in ("portal.log", "portal.error.log")]
    right = f"GET {API} HTTP" in logs[0] and "aaaa" not in "".join(logs)
    return [*rows, told("no log holds what was searched", len(logs[0].splitlines()), right=right)]


def troubles(asking: Ask) -> list[bool]:
    """Before a portal that is slow, or says itself that it is not ready."""
    own = asking("/ko/", source=READER)
    right = (own.status, own.headers["Retry-After"], own.body) == (503, "7", b"of the portal")
    rows = [told("what the portal says itself with 503 passes as it is", own.status, right=right)]
    taken = flood(asking, DOWNLOAD, 3)
    seen = sorted(answer.status for answer in taken)
    right = seen == [429, 504, 504] and all(
        is_refusal(a, "application/problem+json") for a in taken
    )
    rows.append(told("a third download at a time is 429, one too slow is 504", seen, right=right))
    return rows


def ages(asking: Ask) -> bool:
    """What is kept is given out old for as long as its header says, and not longer."""
    seen = []
    for pause in (0, 0, 2, 1, STALE_SECONDS + 3):
        time.sleep(pause)
        seen.append(int(asking(COUNTED, source=READER).body))
    what = "kept: once more while a newer one is fetched, later never"
    return told(what, seen, right=seen == [1, 1, 1, 2, 3])


def absences(asking: Ask) -> list[bool]:
    """Before a portal that is not there."""
    rows = []
    for path, form, word in (
        ("/", "text/html", "The portal does not answer"),
        ("/ko/", "text/html", "포털"),
        ("/zh-hans/funds/", "text/html", "门户"),
        (API, "application/problem+json", "The portal does not answer"),
        (DOWNLOAD, "application/problem+json", "The portal does not answer"),
    ):
        answer = asking(path, source=READER)
        right = answer.status == 502 and is_refusal(answer, form)
        right = right and bool(re.search(word, answer.body.decode()))
        rows.append(told(f"without a portal {path} is 502", form, right=right))
    style = asking("/errors/errors.css", source=READER)
    seen = (style.status, style.headers["Content-Type"])
    rows.append(told("its style is there all the same", seen, right=style.status == 200))
    return rows


if __name__ == "__main__":
    sys.exit(main())
