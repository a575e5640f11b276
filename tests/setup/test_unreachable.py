"""A database that does not answer costs readers seconds, and supervisors nothing."""

import json
import sqlite3

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from tests.desk.admin.filling import change_page, filled
from tests.desk.records import organization
from tests.setup.processes import PRODUCTION, python

pytestmark = pytest.mark.once

# Nothing listens on port 1.
GONE = {
    **PRODUCTION,
    "PORTAL_SIDE": "public",
    "PUBLIC_DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
}
ASK = """
import json, threading, time
import django; django.setup()
from django.test import Client
def ask(path):
    begun = time.monotonic()
    answer = portal.get(path, headers={"host": "portal.example"}, secure=True)
    told.append({
        "path": path,
        "status": answer.status_code,
        "seconds": time.monotonic() - begun,
        "again": answer.headers.get("Retry-After"),
        "type": answer.headers["Content-Type"],
        "words": answer.content.decode(),
        "kept": answer.headers["Cache-Control"],
    })
told = []
portal = Client(raise_request_exception=False)  # one for all, as a process has one
"""
ONE_AFTER_THE_OTHER = """
for path in ("/livez", "/readyz", "/", "/ko/funds/", "/api/v1/funds/", "/feed.atom"):
    ask(path)
print(json.dumps(told))
"""
AT_ONCE = """
ask("/")
asked = [threading.Thread(target=ask, args=("/",)) for _ in range(8)]
for one in asked: one.start()
for one in asked: one.join()
print(json.dumps(told))
"""


def told(program, folder):
    (folder / "static").mkdir()
    done = python(ASK + program, **GONE, PORTAL_VAR=str(folder))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_readers_are_soon_told_to_come_back_and_livez_answers_as_ever(tmp_path):
    answers = {answer["path"]: answer for answer in told(ONE_AFTER_THE_OTHER, tmp_path)}
    assert answers.pop("/livez")["status"] == 200
    for answer in answers.values():
        assert (answer["status"], answer["again"], answer["kept"]) == (503, "5", "no-store")
        assert answer["seconds"] < 10
    assert answers["/api/v1/funds/"]["type"] == "application/problem+json"
    assert answers["/feed.atom"]["type"] == "text/plain; charset=utf-8"
    for path, language in (("/", "en"), ("/ko/funds/", "ko")):
        assert answers[path]["type"] == "text/html; charset=utf-8"
        assert f'<html lang="{language}">' in answers[path]["words"]
        assert '<a href="">' in answers[path]["words"]


def test_one_reader_at_a_time_waits_for_a_database_that_is_gone(tmp_path):
    seconds = sorted(answer["seconds"] for answer in told(AT_ONCE, tmp_path)[1:])
    assert len([waited for waited in seconds if waited > 2]) <= 2
    assert seconds[4] < 2


@pytest.mark.django_db
def test_editor_is_told_to_go_back_and_try_again_while_somebody_else_writes_for_long(client):
    """On SQLite a large import is one transaction, which lets nobody else write."""
    record = organization("a")
    client.force_login(User.objects.create_superuser("chief"))
    sent = filled(client.get(change_page(record)))
    client.raise_request_exception = False

    def locked(execute, sql, params, many, context):
        if not sql.startswith("UPDATE"):
            return execute(sql, params, many, context)
        fault = sqlite3.OperationalError("database is locked")
        fault.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("database is locked") from fault

    with connection.execute_wrapper(locked):
        answer = client.post(change_page(record), {**sent, "title_en": "Other"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "what you typed still stands" in answer.content.decode()
