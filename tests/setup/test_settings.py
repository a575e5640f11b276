import json

import pytest

from tests.setup.processes import KEY, PRODUCTION, manage, python, run

pytestmark = pytest.mark.once

TELL = "import json; from django.conf import settings; print(json.dumps({names}))"


def told(*names: str, **environment: str) -> dict[str, object]:
    members = ", ".join(f"{name!r}: settings.{name}" for name in names)
    done = python(TELL.format(names="{" + members + "}"), **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(**environment: str) -> str:
    """The one line that a command says."""
    done = manage("check", **environment)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    return line


def test_nothing_set_means_this_machine_alone(tmp_path):
    values = told("LOCAL", "DEBUG", "ALLOWED_HOSTS", PORTAL_VAR=str(tmp_path))
    assert values == {
        "LOCAL": True,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
    }


@pytest.mark.parametrize(
    ("given", "value", "demanded"),
    [
        ("PORTAL_HOSTS", "portal.example", "PORTAL_SECRET_KEY"),
        ("DATABASE_URL", "sqlite:////p/a.db", "PORTAL_SECRET_KEY"),
        ("PORTAL_SECRET_KEY", KEY, "PORTAL_HOSTS"),
        ("PORTAL_SIDE", "public", "PORTAL_HOSTS"),
        ("PUBLIC_DATABASE_URL", "sqlite:////p/a.db", "PORTAL_SECRET_KEY"),
    ],
)
def test_anything_of_production_ends_local_mode_and_the_rest_is_demanded(given, value, demanded):
    assert refusal(**{given: value}).startswith(f"{demanded} is missing: outside local mode")


def without(name):
    return {given: value for given, value in PRODUCTION.items() if name != given}


@pytest.mark.parametrize("side", ["both", "office", "public"])
def test_production_without_hosts_is_refused_in_one_sentence(side):
    said = refusal(**without("PORTAL_HOSTS"), PORTAL_SIDE=side)
    assert said.startswith("PORTAL_HOSTS is missing")


def test_hosts_that_are_none_count_as_missing():
    assert "PORTAL_HOSTS is missing" in refusal(**{**PRODUCTION, "PORTAL_HOSTS": " , "})


@pytest.mark.parametrize(
    ("side", "missing"),
    [("both", "DATABASE_URL"), ("office", "DATABASE_URL"), ("public", "PUBLIC_DATABASE_URL")],
)
def test_production_without_its_database_is_refused_in_one_sentence(side, missing):
    said = refusal(**without("DATABASE_URL"), PORTAL_SIDE=side)
    assert said.startswith(f"{missing} is missing: outside local mode")


def test_office_is_not_content_with_the_database_of_the_faces():
    said = refusal(**without("DATABASE_URL"), PUBLIC_DATABASE_URL="sqlite:////p/gazette.db")
    assert said.startswith("DATABASE_URL is missing")


def test_public_side_needs_no_key_and_takes_none():
    public = {**without("PORTAL_SECRET_KEY"), "PORTAL_SIDE": "public"}
    first, second = told("SECRET_KEY", **public), told("SECRET_KEY", **public)
    assert first != second
    assert told("SECRET_KEY", **public, PORTAL_SECRET_KEY=KEY)["SECRET_KEY"] != KEY


def test_local_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first = told("SECRET_KEY", PORTAL_VAR=str(tmp_path))
    second = told("SECRET_KEY", PORTAL_VAR=str(tmp_path))
    assert first == second
    assert len(str(first["SECRET_KEY"])) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_production_without_a_key_is_refused_in_one_sentence():
    assert "PORTAL_SECRET_KEY is missing" in refusal(**without("PORTAL_SECRET_KEY"))


def test_short_key_is_refused_in_production():
    assert "50 characters" in refusal(**{**PRODUCTION, "PORTAL_SECRET_KEY": "short"})


def test_debug_is_refused_in_production():
    assert "PORTAL_DEBUG" in refusal(**PRODUCTION, PORTAL_DEBUG="on")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_SIDE", "inside", "PORTAL_SIDE must be one of both, office, public, not 'inside'."),
        ("PORTAL_FOUR_EYES", "yes", "PORTAL_FOUR_EYES must be on or off, not 'yes'."),
        ("PORTAL_DATABASE_POOL", "-1", "PORTAL_DATABASE_POOL must be a whole number, not '-1'."),
        ("DATABASE_URL", "mysql://db", "A database address is postgresql://"),
        ("DATABASE_URL", "postgresql://db:x/y", "A database address is postgresql://"),
        ("PORTAL_TIME_ZONE", "Asia/Soul", "PORTAL_TIME_ZONE must name a time zone"),
        ("PORTAL_TIME_ZONE", "../etc", "PORTAL_TIME_ZONE must name a time zone"),
        ("PORTAL_URL", "portal.example", "PORTAL_URL must begin with http:// or https://"),
        ("PORTAL_LICENCE_URL", "ftp://x/y", "PORTAL_LICENCE_URL must begin with http:// or"),
        ("PORTAL_CURRENCIES", "KRW,won", "PORTAL_CURRENCIES must be currency codes of ISO 4217"),
        ("PORTAL_CURRENCIES", ",", "PORTAL_CURRENCIES must be currency codes of ISO 4217"),
        ("PORTAL_HOSTS", "https://portal.example", "PORTAL_HOSTS must be host names without"),
        ("PORTAL_HOSTS", "portal.example/x", "PORTAL_HOSTS must be host names without"),
        ("PORTAL_DATABASE_POOL", "0", "PORTAL_DATABASE_POOL must be 1 or more, not '0'."),
    ],
)
def test_wrong_value_is_refused_by_name(name, value, sentence):
    assert sentence in refusal(**{**PRODUCTION, name: value})


SERVED = ["-m", "gunicorn", "--config", "deploy/gunicorn.py"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_WORKERS", "0", "PORTAL_WORKERS must be 1 or more, not '0'."),
        ("PORT", "0", "PORT must be a whole number from 1 to 65535, not '0'."),
        ("PORT", "65536", "PORT must be a whole number from 1 to 65535, not '65536'."),
        ("PORTAL_FOUR_EYES", "yes", "PORTAL_FOUR_EYES must be on or off, not 'yes'."),
    ],
)
def test_server_refuses_a_wrong_value_in_one_line(name, value, sentence):
    done = run(SERVED, {**PRODUCTION, name: value})
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_door_of_a_server_refuses_in_one_line(door):
    done = python(f"import portal.{door}", **without("PORTAL_HOSTS"))
    assert done.returncode == 3
    assert [line[:23] for line in done.stderr.splitlines()] == ["PORTAL_HOSTS is missing"]


def test_settings_of_another_project_are_not_read():
    assert manage("check", DJANGO_SETTINGS_MODULE="elsewhere.settings").returncode == 0


def test_production_cookies_stay_on_their_host_and_on_https():
    names = ("SESSION", "CSRF")
    values = told(
        *(f"{name}_COOKIE_{part}" for name in names for part in ("NAME", "SECURE", "HTTPONLY")),
        **PRODUCTION,
    )
    assert values == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
    }


def test_production_answers_only_its_own_hosts_and_insists_on_https():
    values = told("ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", **PRODUCTION)
    assert values == {
        "ALLOWED_HOSTS": ["portal.example"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
    }


@pytest.mark.parametrize("side", ["both", "office", "public"])
def test_deployment_check_finds_nothing(side):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, PORTAL_SIDE=side)
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout


def test_deployment_check_would_find_a_missing_safeguard():
    program = (
        "import django; from django.conf import settings; settings.SECURE_HSTS_SECONDS = 0;"
        "django.setup(); from django.core.management import call_command;"
        "call_command('check', '--deploy', '--fail-level', 'WARNING')"
    )
    assert "SECURE_HSTS_SECONDS" in python(program, **PRODUCTION).stderr


PUBLIC_APPS = [
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "cooperation.gazette",
    "cooperation.faces",
]


def test_public_side_has_no_desk_no_sign_in_and_no_sessions():
    values = told("INSTALLED_APPS", "MIDDLEWARE", **PRODUCTION, PORTAL_SIDE="public")
    assert values["INSTALLED_APPS"] == PUBLIC_APPS
    assert not [
        name
        for name in values["MIDDLEWARE"]
        if any(word in name for word in ("session", "auth", "message", "axes", "history"))
    ]


ASK = """
import django; django.setup()
from django.test import Client
for path in {paths}:
    answer = Client().get(path, headers={{"host": "portal.example"}}, secure=True)
    print(path, answer.status_code)
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A folder of the portal's own with the static files gathered."""
    folder = str(tmp_path_factory.mktemp("var"))
    assert manage("collectstatic", "--no-input", PORTAL_VAR=folder).returncode == 0
    return folder


def test_public_side_has_no_address_for_the_desk(collected):
    asked = python(
        ASK.format(paths=["/admin/", "/admin/login/", "/livez"]),
        **{**PRODUCTION, "PORTAL_SIDE": "public", "PORTAL_VAR": collected},
    )
    assert asked.stdout.splitlines()[-1] == "/livez 200"
    assert "/admin/ 404" in asked.stdout
    assert "/admin/login/ 404" in asked.stdout


def test_office_side_has_the_desk(collected):
    asked = python(
        ASK.format(paths=["/livez", "/admin/"]),
        **{**PRODUCTION, "PORTAL_SIDE": "office", "PORTAL_VAR": collected},
    )
    told = [line for line in asked.stdout.splitlines() if line.startswith("/")]
    assert told == ["/livez 200", "/admin/ 302"], asked.stderr


def test_public_side_reads_the_public_database_alone():
    values = told(
        "DATABASES",
        **{**PRODUCTION, "PORTAL_SIDE": "public", "PUBLIC_DATABASE_URL": "sqlite:////p/gazette.db"},
    )
    databases = values["DATABASES"]
    assert {alias: settings["NAME"] for alias, settings in databases.items()} == {
        "default": "/p/gazette.db",
        "public": "/p/gazette.db",
    }
    assert all("query_only=ON" in one["OPTIONS"]["init_command"] for one in databases.values())
