"""An nginx with the configuration of deploy/ on a port of this machine, and what it answers."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple, Self

from tests.setup.processes import ROOT, free_port, manage

HOST = "portal.example"
COUNTED = "/api/v1/counted/"
STALE_SECONDS = 3
SITE = ROOT / "deploy" / "nginx.conf"
MAIN = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    log_format kept "$upstream_cache_status $request_uri";
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/temporary;
    include {folder}/portal.conf;
}}
"""
# The certificate is one that nobody has vouched for.
TRUSTING = ssl._create_unverified_context()


class Answer(NamedTuple):
    """What was answered, and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def title(self) -> str:
        """What the status is called."""
        return HTTPStatus(self.status).phrase

    @property
    def is_open(self) -> bool:
        """Whether programs on other sites may read it, and when to come again."""
        exposed = self.headers.get("Access-Control-Expose-Headers", "")
        return self.headers.get("Access-Control-Allow-Origin") == "*" and "Retry-After" in exposed


class Connection(http.client.HTTPSConnection):
    """A connection to this machine under the name of the portal."""

    def connect(self) -> None:
        """Connect from the address wanted, whatever the name would lead to."""
        plain = socket.create_connection(("127.0.0.1", self.port), 90, self.source_address)
        self.sock = TRUSTING.wrap_socket(plain, server_hostname=HOST)


def ask(
    port: int,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    source: str = "127.0.0.1",
    method: str = "GET",
    body: bytes | None = None,
    together: threading.Barrier | None = None,
) -> Answer:
    """What the proxy answers whoever asks from that address, together with others that wait for it."""
    connection = Connection(HOST, port, source_address=(source, 0))
    try:
        connection.connect()
        if together:
            together.wait(60)
        begun = time.monotonic()
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read(), time.monotonic() - begun)
    finally:
        connection.close()


class Proxy:
    """An nginx before a port, with paths and ports of its own."""

    def __init__(self, folder: Path, upstream: int, *, patience: int = 60) -> None:
        self.folder = Path(folder) / f"nginx-{time.monotonic_ns()}"
        self.folder.mkdir()
        self.port = free_port()
        self.patience = patience
        errors = manage("error_pages", str(self.folder / "errors"), PORTAL_LOCAL="on")
        assert errors.returncode == 0, errors.stderr
        _certify(self.folder)
        (self.folder / "portal.conf").write_text(self.site(upstream))
        user = "user root;" if os.getuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder, user=user))

    def site(self, upstream: int) -> str:
        """The site of deploy/ with the ports and paths of this one, and its patience in seconds."""
        text = re.sub(r"\n *listen \[::\].*", "", SITE.read_text())
        for written, here in {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
            "access_log /var/log/nginx/portal.log portal;": (
                f"access_log {self.folder}/portal.log portal;"
                f"access_log {self.folder}/access.log kept;"
            ),
            "/var/log/nginx/": f"{self.folder}/",
            "/etc/ssl/portal/": f"{self.folder}/",
            "/srv/portal-errors/": f"{self.folder}/errors/",
            "/var/cache/nginx/portal": f"{self.folder}/cache",
            "proxy_read_timeout 60s;": f"proxy_read_timeout {self.patience}s;",
        }.items():
            assert written in text, f"deploy/nginx.conf does not say {written}"
            text = text.replace(written, here)
        return text

    def __enter__(self) -> Self:
        command = ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for _turn in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        self.process.terminate()
        raise AssertionError(f"nginx did not start: {self.process.communicate()[1]}")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def kept(self, path: str) -> list[str]:
        """What the cache did each time that address was asked for."""
        lines = (self.folder / "access.log").read_text().splitlines()
        return [line.split()[0] for line in lines if line.split()[1] == path]


def _certify(folder: Path) -> None:
    """A certificate for the portal's name, good for a day."""
    request = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={HOST}"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*request.split(), *files], check=True, capture_output=True, timeout=60)


class NotReady(BaseHTTPRequestHandler):
    """Says that it is not ready; a download never comes. At one address it counts."""

    counted = itertools.count(1)

    def do_GET(self) -> None:
        """503 in words of its own, a number, or nothing for longer than anybody waits."""
        if "/exports/" in self.path:
            time.sleep(5)
        if self.path == COUNTED:
            told = {"Cache-Control": f"public, max-age=1, stale-while-revalidate={STALE_SECONDS}"}
            self.answer(200, told, b"%d" % next(self.counted))
        else:
            self.answer(503, {"Retry-After": "7"}, b"of the portal")

    def answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        pass


class Stub:
    """A portal that is not ready, on a port that nobody has when it has ended."""

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), NotReady)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
