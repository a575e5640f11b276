"""What deploy/nginx.conf says agrees with what it stands before; `make proof-throttling` runs it."""

import json
import re
import runpy
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.setup.proxies import ROOT, SITE

# It reads files alone.
pytestmark = pytest.mark.once
TEXT = SITE.read_text()


def location(path):
    """What stands under that address."""
    return re.search(rf"location (?:\^~ )?{re.escape(path)} {{(.*?)\n    }}", TEXT, re.DOTALL)[1]


@pytest.fixture
def written(tmp_path):
    """The answers that error_pages writes for it."""
    call_command("error_pages", tmp_path, stdout=StringIO())
    return tmp_path


def test_every_answer_that_nginx_gives_by_itself_is_written_for_it(written):
    named = re.findall(r"error_page [\d ]+ /errors/(\S+);", TEXT)
    tongues = ["", *re.findall(r" (\.\S+);", TEXT.partition("map $request_uri $tongue")[2][:200])]
    wanted = {name.replace("$tongue", tongue) for name in named for tongue in tongues}
    assert tongues == ["", ".ko", ".zh-hans"]
    assert wanted == {file.name for file in written.iterdir()} - {"errors.css"}


@pytest.mark.parametrize(
    ("status", "title", "beginning"),
    [
        (429, "Too Many Requests", "Too many requests. More requests came from your network"),
        (502, "Bad Gateway", "The portal does not answer at the moment."),
        (503, "Service Unavailable", "The register cannot be read at the moment."),
        (504, "Gateway Timeout", "The portal does not answer at the moment."),
    ],
)
def test_programs_are_told_in_a_problem_document(written, status, title, beginning):
    problem = json.loads((written / f"{status}.json").read_text())
    assert sorted(problem) == ["detail", "status", "title", "type"]
    assert (problem["status"], problem["title"]) == (status, title)
    assert problem["detail"].startswith(beginning)


@pytest.mark.parametrize("path", ["/api/", "/api/v1/exports/"])
def test_programs_are_never_told_in_a_page(path):
    named = dict(re.findall(r"error_page (\d+) /errors/(\S+);", location(path)))
    assert named == {str(status): f"{status}.json" for status in (429, 502, 503, 504)}


def test_nothing_at_the_desk_is_kept_nor_what_has_to_be_asked_for_anew():
    keeping = [
        path for path in ("/", "/static/", "/admin", "/api/") if "proxy_cache" in location(path)
    ]
    assert keeping == ["/static/", "/api/"]
    assert "proxy_cache " not in re.sub(r"    location.*?\n    }", "", TEXT, flags=re.DOTALL)


def test_nginx_lets_through_what_the_server_and_the_desk_take():
    served = runpy.run_path(str(ROOT / "deploy" / "gunicorn.py"))
    size = int(re.search(r"large_client_header_buffers \d+ (\d+)k;", TEXT)[1]) * 1024
    assert size - len("\r\n") == served["limit_request_line"]
    assert f"proxy_read_timeout {served['timeout']}s;" in TEXT
    assert settings.DESK.startswith("/admin")
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", location("/admin"))[1])
    assert megabytes * 1024**2 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("path", ["/", "/admin", "/api/", "/api/v1/exports/"])
def test_whoever_asks_for_what_costs_something_is_counted(path):
    assert "limit_req zone=" in location(path)
