"""Keep a copy of a portal up to date: python mirror.py http://127.0.0.1:8000 DIRECTORY [KIND …]."""

import fcntl
import gzip
import hashlib
import json
import os
import re
import sys
from pathlib import Path
from urllib import request

canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def digest(value):
    """The hash of a JSON value in its canonical form (RFC 8785)."""
    return "sha256:" + hashlib.sha256(canonical(value).encode()).hexdigest()


def demand(holds, sentence):
    """Stop, before anything of a page is written, where it is not as it has to be."""
    return holds or sys.exit(f"Edition {number} {sentence.rstrip('.')}.")


sys.excepthook = lambda _kind, fault, _at: print("This cannot be mirrored:", fault, file=sys.stderr)
request.HTTPDefaultErrorHandler.http_error_default = lambda _self, _asked, refusal, *_: refusal
base, place, *kinds = sys.argv[1:] if len(sys.argv) > 2 else sys.exit(__doc__)
place, query = Path(place), "".join(f"&kind={kind}" for kind in sorted(set(kinds)))
place.mkdir(parents=True, exist_ok=True)
fcntl.flock(os.open(place, os.O_RDONLY), fcntl.LOCK_EX)  # until no other run is at work here
kept, new = place / "mirror.json", place / "mirror.new"
of, number, chain, etag = json.loads(kept.read_bytes()) if kept.exists() else (query, 0, None, '""')
demand(of == query, "was reached here with other kinds: name another directory for these")
begun, entries = number, [None]
while entries:
    address = f"{base.rstrip('/')}/api/v1/changes/?after={max(number - 1, 0)}&page_size=200{query}"
    headers = {"If-None-Match": etag, "Accept-Encoding": "gzip"}
    answer = request.urlopen(request.Request(address, headers=headers), timeout=60)  # noqa: S310  # whoever runs this chose it
    if answer.status == 304:
        break
    text = (gzip.open(answer) if answer.headers["Content-Encoding"] == "gzip" else answer).read()  # noqa: SIM115  # ends with the answer
    told = json.loads(text) if text[:1] == b"{" else {"detail": answer.reason}
    demand(answer.status == 200, f"is the last that is here. The portal says: {told.get('detail')}")
    entries, files, etag = told["results"], {}, answer.headers.get("ETag", '""')
    still = not number or (entries and entries.pop(0)["edition"]["chain"] == chain)
    demand(still, "is not there as it was mirrored: the register was rewritten")
    for entry in entries:
        header, document, why = entry["edition"], entry["document"], entry["edition"]["reason"]
        demand(header["number"] > number if query else header["previous"] == chain, "has no sequel")
        number, chain, kind, key = (header[name] for name in ("number", "chain", "kind", "key"))
        sealed = {name: value for name, value in header.items() if name != "chain"}
        demand(chain == digest(sealed), "has a header that was changed")
        demand(document is None or header["hash"] == digest(document), "was changed")
        demand(re.fullmatch("[a-z_]+/[a-z0-9]+(-[a-z0-9]+)*", f"{kind}/{key}"), "cannot be a file")
        path = place / {"person": "people"}.get(kind, f"{kind}s") / f"{key}.json"
        if header["action"] != "redacted":
            files[path] = document and f'{canonical(document)[:-1]},"edition":{canonical(header)}}}'
        elif path.exists() and f"№{json.loads(path.read_bytes())['edition']['number']};" in why:
            files.setdefault(path)
    for path, content in {**files, kept: canonical([query, number, chain, etag])}.items():
        path.parent.mkdir(exist_ok=True)
        with new.open("wb", buffering=0) as file:
            file.write((content or "").encode())
            os.fsync(file)
        new.replace(path) if content else path.unlink(missing_ok=True)
print(f"{place} was at edition {begun} and is at edition {number}.")
