"""A browser that notes whatever a page does beyond being read."""

from __future__ import annotations

from typing import Any

from tests.contracts.payloads import MARK

WATCHING = """
window.__violations = [];
document.addEventListener("securitypolicyviolation",
  event => window.__violations.push(event.violatedDirective + " " + event.blockedURI));
"""
SEEN = """() => [
  document.documentElement.textContent,
  ...[...document.querySelectorAll("input, textarea, option")].map(box => box.value),
].join("\\n")"""


class Watch:
    """A browser that notes whatever runs, asks for more than the page, or breaks the policy."""

    def __init__(self, page: Any, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.noted: list[str] = []
        self.opened = 0
        self.answer: Any = None
        """The answer to what was opened last: its status and headers."""
        page.add_init_script(WATCHING)
        page.on(
            "dialog", lambda dialog: (self.noted.append(f"says {dialog.message}"), dialog.dismiss())
        )
        page.on("request", lambda request: self.request(request.url))
        page.on("console", lambda said: self.console(said.text))

    def request(self, address: str) -> None:
        """Note what no page of ours asks for."""
        if not address.startswith((f"{self.origin}/", "data:image/")) or f"/{MARK}?" in address:
            self.noted.append(f"asks for {address}")

    def console(self, text: str) -> None:
        """Note what the browser says about the policy."""
        if "Content Security Policy" in text:
            self.noted.append(text)

    def post(self, path: str, sent: str) -> str:
        """What the page says to a form with that body, sent from nowhere."""

        def as_form(route: Any) -> None:
            kind = {"content-type": "application/x-www-form-urlencoded"}
            headers = {**route.request.headers, **kind}
            route.continue_(method="POST", post_data=sent, headers=headers)

        self.page.route(self.origin + path, as_form)
        said = self.open(path)
        self.page.unroute(self.origin + path)
        return said

    def open(self, path: str) -> str:
        """Everything that the page says, in its boxes too; what is amiss is noted with its address."""
        before = len(self.noted)
        self.answer = self.page.goto(self.origin + path, wait_until="load")
        self.opened += 1
        said = self.page.evaluate("window.__violations || []")
        if self.page.evaluate(f"typeof window.{MARK}") != "undefined":
            said.append(f"window.{MARK} is there")
        self.noted[before:] = [f"{path}: {one}" for one in [*self.noted[before:], *said]]
        return str(self.page.evaluate(SEEN))
