"""People and their roles: who enters them, and how they lose them."""

from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from cooperation.desk.management.roles import set_up_roles
from tests.desk.admin.people import OTHER, PASSWORD, PEOPLE, entered, signed_in

BREACHED = "yankeeshopssucks"

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _roles(db):
    set_up_roles()


@pytest.fixture
def chief():
    return User.objects.create_superuser("chief")


@pytest.fixture
def editor():
    """An editor, kept as somebody whose password was set long ago."""
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def change(user):
    return f"{PEOPLE}{user.pk}/change/"


def saved(browser, user, **more):
    """The answer to saving the form of somebody as it stands, but for what is given; None leaves out."""
    form = {
        "username": user.username,
        "is_active": "on" if user.is_active else None,
        "is_staff": "on" if user.is_staff else None,
        "groups": list(user.groups.values_list("pk", flat=True)),
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
        **more,
    }
    sent = {name: value for name, value in form.items() if value is not None}
    return browser.post(change(user), sent)


def errors(response):
    """The sentences under each field that was refused."""
    assert response.status_code == 200
    found = response.context["adminform"].form.errors if "adminform" in response.context else {}
    found = found or response.context["form"].errors
    return {name: [str(one) for one in said] for name, said in found.items()}


def test_superuser_enters_somebody_with_password_and_role_who_then_signs_in(chief):
    assert entered(signed_in(chief), "kim").status_code == 302
    user = User.objects.get(username="kim")
    assert [group.name for group in user.groups.all()] == ["Editors"]
    assert user.password.startswith("argon2$argon2id$")
    form = {"username": "kim", "password": PASSWORD, "next": "/admin/desk/fund/"}
    guest = Client()
    assert guest.post("/admin/login/", form).status_code == 302
    assert guest.get("/admin/desk/fund/add/").status_code == 200
    assert guest.get(PEOPLE).status_code == 403


def test_new_person_comes_in_unless_that_is_taken_away(chief):
    browser = signed_in(chief)
    assert browser.get(f"{PEOPLE}add/").context["adminform"].form.initial["is_staff"] is True
    entered(browser, "kim", is_staff="")
    assert not User.objects.get(username="kim").is_staff


REFUSED = [
    ("en", BREACHED, "known from breaches, and is among the first that strangers try"),
    ("ko", BREACHED, "이 비밀번호 또는 이와 매우 비슷한 비밀번호가 유출된 적이 있어"),
    ("zh-hans", BREACHED, "密码"),
    ("en", "short", "This password is too short. It must contain at least 12 characters."),
    ("ko", "short", "이 비밀번호는 너무 짧습니다. 최소 12자 이상이어야 합니다."),
    ("en", "the kim-of-seoul!", "The password is too similar to the username."),
    ("en", "739105284617", "This password is entirely numeric."),
]


@pytest.mark.parametrize(("language", "password", "sentence"), REFUSED)
def test_weak_password_is_refused_with_a_sentence(chief, editor, language, password, sentence):
    """When somebody is entered, and when somebody's password is set; the page never shows it again."""
    browser = signed_in(chief, language)
    User.objects.filter(pk=editor.pk).update(username="kim-of-seoul")
    both = dict.fromkeys(("password1", "password2"), password)
    form = {"usable_password": "true", **both}
    for response in (
        entered(browser, "kim-of-seoul2", password),
        browser.post(f"{PEOPLE}{editor.pk}/password/", form),
    ):
        said = errors(response)
        assert sentence in said["password2"][0]
        page = unescape(response.content.decode())
        assert sentence in page
        assert password == "short" or password not in page
    assert User.objects.count() == 2
    assert not User.objects.get(pk=editor.pk).has_usable_password()


def test_password_that_is_set_for_somebody_ends_their_sessions_at_once_and_no_other(chief, editor):
    here, there, elsewhere = signed_in(chief), signed_in(editor), signed_in(editor)
    assert there.get("/admin/").status_code == elsewhere.get("/admin/").status_code == 200
    form = {"usable_password": "true", "password1": OTHER, "password2": OTHER}
    assert here.post(f"{PEOPLE}{editor.pk}/password/", form).status_code == 302
    assert there.get("/admin/").status_code == elsewhere.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert User.objects.get(pk=editor.pk).check_password(OTHER)


def test_somebody_deactivated_is_out_at_the_next_request_and_not_in_again_when_let_in(
    chief, editor
):
    here, there = signed_in(chief), signed_in(editor)
    assert there.get("/admin/desk/fund/").status_code == 200
    assert saved(here, editor, is_active=None).status_code == 302
    assert there.get("/admin/desk/fund/").status_code == 302
    assert saved(here, User.objects.get(pk=editor.pk), is_active="on").status_code == 302
    assert there.get("/admin/desk/fund/").status_code == 302


@pytest.mark.parametrize("right", ["is_active", "is_staff"])
def test_somebody_shut_out_for_a_moment_is_out_though_they_asked_nothing_meanwhile(
    chief, editor, right
):
    here, there = signed_in(chief), signed_in(editor)
    assert saved(here, editor, **{right: None}).status_code == 302
    assert not editor.desk_sessions.exists()
    assert saved(here, User.objects.get(pk=editor.pk), **{right: "on"}).status_code == 302
    assert there.get("/admin/desk/fund/").status_code == 302
    assert here.get("/admin/").status_code == 200


def test_role_that_is_taken_away_is_missed_at_the_next_request(chief, editor):
    here, there = signed_in(chief), signed_in(editor)
    assert there.get("/admin/desk/fund/add/").status_code == 200
    assert saved(here, editor, groups=None).status_code == 302
    assert there.get("/admin/desk/fund/add/").status_code == 403
    assert there.post("/admin/desk/fund/add/", {"title_en": "T"}).status_code == 403
    assert there.get("/admin/").status_code == 200


def test_saving_somebody_unchanged_takes_nothing_away(chief, editor):
    """The control of those above."""
    here, there = signed_in(chief), signed_in(editor)
    assert saved(here, editor).status_code == 302
    assert there.get("/admin/desk/fund/add/").status_code == 200


def all_acts(browser, user):
    """The status of each thing that could be done to people and roles."""
    both = {"usable_password": "true", "password1": OTHER, "password2": OTHER}
    yield entered(browser, "newcomer").status_code
    yield saved(browser, user, username="renamed", is_superuser="on").status_code
    yield browser.post(f"{PEOPLE}{user.pk}/password/", both).status_code
    yield browser.post(f"{PEOPLE}{user.pk}/delete/", {"post": "yes"}).status_code
    yield browser.post("/admin/auth/group/add/", {"name": "Rulers"}).status_code
    for role in Group.objects.order_by("name"):
        form = {"name": f"Rulers {role.pk}", "permissions": [Permission.objects.first().pk]}
        yield browser.post(f"/admin/auth/group/{role.pk}/change/", form).status_code


def powers():
    """Who there is and who may do what, as a table."""
    people = ("username", "password", "is_active", "is_staff", "is_superuser", "groups")
    roles = ("name", "permissions")
    return [
        sorted(rows.values_list(*names))
        for rows, names in ((User.objects.order_by(), people), (Group.objects.order_by(), roles))
    ]


@pytest.mark.parametrize("role", ["Editors", "Publishers"])
def test_editors_and_publishers_can_do_nothing_to_people_and_roles(editor, role):
    somebody = User.objects.create_user(role.lower(), is_staff=True)
    somebody.groups.add(Group.objects.get(name=role))
    before = powers()
    browser = signed_in(somebody)
    for user in (editor, somebody):
        assert set(all_acts(browser, user)) == {403}
    page = browser.get("/admin/").content.decode()
    assert "/admin/auth/" not in page
    assert powers() == before


def test_a_superuser_can_do_all_of_it(chief, editor):
    """The control."""
    assert set(all_acts(signed_in(chief), editor)) == {302}
    assert all(name.startswith("Rulers") for name in Group.objects.values_list("name", flat=True))


ALIKE = [
    ("kim", "Kim"),
    ("kim", "ＫＩＭ"),
    ("Kim", "ｋｉｍ"),
    ("strasse", "straße"),
    ("müller", "MÜLLER"),
    ("σοφος", "ΣΟΦΟΣ"),
    ("kim", "KIm"),
]


@pytest.mark.parametrize(("there", "typed"), ALIKE)
def test_name_that_reads_like_somebody_elses_is_refused(chief, editor, there, typed):
    """When somebody is entered, and when somebody is renamed."""
    User.objects.create_user(there)
    browser = signed_in(chief)
    for response in (entered(browser, typed), saved(browser, editor, username=typed)):
        [said] = errors(response)["username"]
        assert said == (
            f"Somebody is called “{there}” already, which reads the same. Choose a name that differs "
            "in more than capital or wide letters."
        )
    assert User.objects.count() == 3


def test_name_that_is_somebody_elses_in_wide_letters_is_the_same_name(chief):
    User.objects.create_user("kim")
    said = errors(entered(signed_in(chief), "ｋｉｍ"))
    assert said == {"username": ["A user with that username already exists."]}


def test_wide_name_is_kept_narrow_and_may_be_written_otherwise_by_whoever_bears_it(chief):
    browser = signed_in(chief)
    entered(browser, "Ｐａｒｋ")
    park = User.objects.get(username="Park")
    assert saved(browser, park, username="park").status_code == 302
    assert saved(browser, User.objects.get(pk=park.pk), username="parker").status_code == 302
