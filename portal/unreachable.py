"""What readers are told while the database cannot be reached."""

import sqlite3
from http import HTTPStatus
from threading import Lock
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from portal.middleware import PROBED, Answer, at_the_desk, refusal

AGAIN_SECONDS = 5
OUT_OF_REACH = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}


def is_out_of_reach(fault: BaseException) -> bool:
    """Whether the database did not answer, rather than refuse what it was asked."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return False
    cause = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in OUT_OF_REACH
    return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)


class Unreachable:
    """Answers 503 on the public side, and lets one request at a time find out whether the database is back.

    The others are told at once, so that no thread is lost to waiting and `/livez` finds one free.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.gone = False
        self.trial = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if at_the_desk(request) or request.path_info in PROBED or not self.gone:
            return self.answer(request)
        if not self.trial.acquire(blocking=False):
            return _unavailable(request)
        try:
            response = self.answer(request)
            self.gone = response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            return response
        finally:
            self.trial.release()

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """503 where the database is out of reach; other faults are somebody else's to tell."""
        if not is_out_of_reach(fault):
            return None
        if at_the_desk(request):
            return _busy(request)
        self.gone = True
        return _unavailable(request)


def _unavailable(request: HttpRequest) -> HttpResponse:
    """503, with the time after which asking again makes sense."""
    return _later(
        request, _("The register cannot be read at the moment. Please try again in a while.")
    )


def _busy(request: HttpRequest) -> HttpResponse:
    """503 at the desk, whose database may be at work on something large, such as an import."""
    sentence = _(
        "Nothing was saved: the database is busy, perhaps with a large import, or cannot be reached. "
        "Go back in your browser, where what you typed still stands, and try again in a while."
    )
    return _later(request, sentence)


def _later(request: HttpRequest, sentence: Any) -> HttpResponse:
    answer = refusal(request, 503, sentence)
    answer.headers["Retry-After"] = str(AGAIN_SECONDS)
    return answer
