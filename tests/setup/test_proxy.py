"""What deploy/nginx.conf says agrees with what it stands before; `make proof-throttling` runs it."""

import json
import re
import runpy
from http import HTTPStatus
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from cooperation.catalogue import KINDS
from tests.setup.proxies import ROOT, SITE

# It reads files alone.
pytestmark = pytest.mark.once
TEXT = SITE.read_text()


def location(path):
    """What stands under that address."""
    return re.search(rf"location (?:\^~ )?{re.escape(path)} {{(.*?)\n    }}", TEXT, re.DOTALL)[1]


def mapped(name, value):
    """What the map of that name makes of a value."""
    written = re.search(rf"map \S+ \${name} {{(.*?)\n}}", TEXT, re.DOTALL)[1]
    for pattern, made in re.findall(r'"~(.*)" (\S+);', written):
        if found := re.search(pattern, value):
            return made.replace("$1", found[1]) if found.groups() else made
    return re.search(r"default (\S+);", written)[1]


@pytest.fixture
def written(tmp_path):
    """The answers that error_pages writes for it."""
    call_command("error_pages", tmp_path, stdout=StringIO())
    return tmp_path


def test_every_answer_that_nginx_gives_by_itself_is_written_for_it(written):
    told = re.findall(r"error_page (?:494 =)?([\d ]+) /errors/\$status\$form;", TEXT)
    forms = re.findall(r" (\.\S+);", re.search(r"\$form {(.*?)\n}", TEXT, re.DOTALL)[1])
    wanted = {f"{status}{form}" for status in " ".join(told).split() for form in forms}
    assert wanted == {file.name for file in written.iterdir()} - {"errors.css"}
    assert len(re.findall("error_page", TEXT.partition("upstream")[2])) == len(told) == 2


@pytest.mark.parametrize(
    ("status", "title", "beginning"),
    [
        (400, "Bad Request", "The request cannot be understood. Something in the address"),
        (413, HTTPStatus(413).phrase, "Too much was sent. The request holds more than"),
        (414, HTTPStatus(414).phrase, "The address is too long. It holds more than"),
        (431, "Request Header Fields Too Large", "Too much was sent along. The headers"),
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


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("GET /api/v1/funds/ HTTP/1.1", ".json"),
        ("POST /api/?q=/ko/ HTTP/2.0", ".json"),
        ("GET /api/v1/funds/?q=cut-off-where-it-was-too-lo", ".json"),
        ("GET /ko/ HTTP/1.1", ".ko.html"),
        ("GET /ko?q= HTTP/1.1", ".ko.html"),
        ("GET /zh-hans HTTP/1.1", ".zh-hans.html"),
        ("GET /korea/?q=/api/ HTTP/1.1", ".html"),
        ("", ".html"),
    ],
)
def test_programs_are_told_in_a_document_and_readers_in_a_page(line, form):
    assert mapped("form", line) == form


def test_when_to_come_again_is_said_of_what_passes():
    said = {status: mapped("later", str(status)) for status in (400, 413, 414, 429, 431, 502, 504)}
    assert said == {400: '""', 413: '""', 414: '""', 429: "60", 431: '""', 502: "60", 504: "60"}


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:"),
        ("2001:db8:1:2::5", "2001:db8:1:2:"),
        ("2001:db8:1::5", "2001:db8:1::"),
        ("2001:db8::1:2:3:4", "2001:db8::"),
        ("::1", "::"),
        ("192.0.2.7", "$binary_remote_addr"),
    ],
)
def test_whoever_has_many_addresses_is_counted_once(address, counted_as):
    assert mapped("reader", address) == counted_as
    assert set(re.findall(r"limit_(?:req|conn)_zone (\S+)", TEXT)) == {"$reader"}


def test_no_log_of_nginx_holds_what_was_searched():
    told = re.search(r"log_format portal (.*?);", TEXT, re.DOTALL)[1]
    assert re.findall(r"\$\w+", told) == [
        "$remote_addr", "$time_iso8601", "$request_method", "$path", "$server_protocol", "$status",
        "$body_bytes_sent", "$request_time", "$http_user_agent",
    ]  # fmt: skip
    assert mapped("path", "/ko/funds/?q=secret?") == "/ko/funds/"
    assert logs(TEXT) == ["portal", "portal", "crit"]


def test_log_in_the_form_of_nginx_is_noticed():
    """The control: nginx's own form holds the whole address."""
    assert logs(TEXT.replace(" portal;", " combined;")) == ["combined", "combined", "crit"]


def logs(text):
    """In what form each log is written, and from which level on."""
    return re.findall(r"(?:access|error)_log \S+ (\S+);", text)


def test_nobody_is_led_to_a_host_that_they_named_themselves():
    assert re.findall(r"return 301 (\S+);", TEXT) == ["https://$server_name$request_uri"]


def test_one_download_of_each_kind_is_let_through_at_once():
    assert int(re.search(r"burst=(\d+) nodelay", location("/api/v1/exports/"))[1]) >= len(KINDS)


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
