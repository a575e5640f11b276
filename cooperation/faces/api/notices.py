"""Notice of an address that will go: in the description, and with every answer until it does.

Nothing in `v1` goes within its ten years; docs/api.md says what is promised. This is how the promise
is kept once there is a second version beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date

View = Callable[..., HttpResponseBase]

YEARS = 2
POLICY = "/api/v1/guide/api.md"


@dataclass(frozen=True)
class Notice:
    """Since when an address should no longer be used, and when it goes; at least two years lie between."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if (self.until.year - YEARS, self.until.month, self.until.day) < (
            self.since.year,
            self.since.month,
            self.since.day,
        ):
            raise ValueError(
                f"Notice is given {YEARS} years ahead; give a later day than {self.until}."
            )

    @property
    def headers(self) -> dict[str, str]:
        """The headers of RFC 9745 and RFC 8594, but for the link."""
        return {
            "Deprecation": f"@{int(_beginning(self.since))}",
            "Sunset": http_date(_beginning(self.until)),
        }

    def on(self, view: View) -> View:
        """The view, whose every answer gives this notice and leads to where it is explained."""

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            # A cache would put the links of a 304 in the place of those that it holds.
            if response.status_code != 304:
                link = f'<{POLICY}>; rel="deprecation"; type="text/plain"'
                links = [response.headers["Link"]] if "Link" in response.headers else []
                response.headers["Link"] = ", ".join([*links, link])
            for name, value in self.headers.items():
                response.headers[name] = value
            return response

        return answer


def _beginning(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()
