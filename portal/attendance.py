"""Notes that whoever is signed in is still there, and tells whoever is not any more why."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.middleware import Answer, at_the_desk

# The first that fits counts: many browsers also name those whose pages they want to be sent.
BROWSERS = {
    "Edge": r"\bEdg(?:e|A|iOS)?/",
    "Opera": r"\bOPR/",
    "Samsung Internet": r"\bSamsungBrowser/",
    "Whale": r"\bWhale/",
    "Firefox": r"\b(?:Firefox|FxiOS)/",
    "Chrome": r"\b(?:Headless)?(?:Chrome|CriOS)/",
    "Safari": r"\bVersion/.* Safari/",
}
SYSTEMS = {
    "Android": r"\bAndroid\b",
    "iPhone": r"\biPhone\b",
    "iPad": r"\biPad\b",
    "Windows": r"\bWindows NT\b",
    "macOS": r"\bMac OS X\b",
    "ChromeOS": r"\bCrOS\b",
    "Linux": r"\bLinux\b",
}
LONGEST = 500


class Attendance:
    """Keeps the session of whoever asks for something at the desk alive, and ends that of whoever may not."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not at_the_desk(request):
            return self.answer(request)
        session: Any = request.session
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            session.seen()
        elif SESSION_KEY in session:
            # Of somebody disabled meanwhile; it is not to live again when they are let in again.
            session.flush()
        response = self.answer(request)
        if SESSION_KEY in session:
            session.describe(*device(request.headers.get("User-Agent", "")))
        elif not was_signed_in:
            _say_why(request, response)
        return response


def _say_why(request: HttpRequest, response: HttpResponseBase) -> None:
    """Adds to the way to the sign-in page why the session is over that the browser still shows."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if key and response.headers.get("Location", "").startswith(f"{settings.DESK}login/?"):
        session: Any = request.session
        response.headers["Location"] += f"&over={session.why_over(key)}"


def device(user_agent: str) -> tuple[str, str]:
    """Browser and system, of what a browser says of itself; empty where it says neither."""
    return _named(BROWSERS, user_agent[:LONGEST]), _named(SYSTEMS, user_agent[:LONGEST])


def _named(patterns: dict[str, str], user_agent: str) -> str:
    fitting = (name for name, pattern in patterns.items() if re.search(pattern, user_agent))
    return next(fitting, "")
