"""Passwords that are typed at the desk show in no log, no page and no table."""

import logging

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models
from django.test import Client

from cooperation.desk.management.roles import set_up_roles
from tests.desk.admin.people import OTHER, PASSWORD, PEOPLE, entered, signed_in

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def chief(db):
    set_up_roles()
    return User.objects.create_superuser("chief")


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", is_staff=True)


def stored():
    """Everything that the database holds as text."""
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.values_list(*names) if names else ():
            yield from map(str, row)


def breaking(answer):
    """A middleware with a fault, after everything was read."""

    def answered(request):
        assert request.POST
        raise ValueError("a fault of ours")

    return answered


def types_passwords(chief, editor):
    """Passwords are typed wherever the desk takes one; yields each page that is answered."""
    both = dict.fromkeys(("password1", "password2"), PASSWORD)
    own = dict.fromkeys(("new_password1", "new_password2"), PASSWORD)
    browser = signed_in(chief)
    yield entered(browser, "kim", PASSWORD)
    yield entered(browser, "kim", PASSWORD)
    yield entered(browser, "lee", PASSWORD, password2=OTHER)
    yield browser.post(f"{PEOPLE}{editor.pk}/password/", {"usable_password": "true", **both})
    yield browser.post("/admin/login/", {"username": "kim", "password": PASSWORD})
    yield Client().post("/admin/login/", {"username": "lee", "password": PASSWORD})
    yield signed_in(editor).post("/admin/password_change/", {"old_password": OTHER, **own})
    yield Client(enforce_csrf_checks=True).post("/admin/login/", {"password": PASSWORD})


def written(caplog, capsys):
    captured = capsys.readouterr()
    return caplog.text + captured.out + captured.err


def test_no_password_is_written_to_log_page_or_database(chief, editor, caplog, capsys):
    logging.getLogger("django_structlog").setLevel(logging.INFO)
    for response in types_passwords(chief, editor):
        page = response.content.decode()
        assert PASSWORD not in page
        assert OTHER not in page
    log = written(caplog, capsys)
    assert log.count("request_finished") >= 8
    told = [str(values) for values in LogEntry.objects.values_list()]
    assert len(told) == 2
    for text in (log, *told, *stored()):
        assert PASSWORD not in text
        assert OTHER not in text


def test_fault_while_a_password_is_read_shows_it_nowhere(chief, editor, caplog, capsys, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.breaking"]
    answers = [
        entered(signed_in(chief), "kim"),
        Client(raise_request_exception=False).post("/admin/login/", {"password": PASSWORD}),
    ]
    log = written(caplog, capsys)
    assert "a fault of ours" in log
    for response in answers:
        assert response.status_code == 500
        assert PASSWORD not in response.content.decode()
    assert PASSWORD not in log


def test_password_that_is_written_down_is_noticed(chief, caplog):
    """The control: what is typed shows in a log, in an entry and in the database once it is put there."""
    logging.getLogger("portal").warning("typed: %s", PASSWORD)
    User.objects.create_user("careless", first_name=PASSWORD)
    assert PASSWORD in caplog.text
    assert PASSWORD in stored()
