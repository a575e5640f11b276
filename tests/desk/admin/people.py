"""What tests of accounts share: browsers that are signed in, and people who are entered."""

from django.contrib.auth.models import Group
from django.test import Client

PEOPLE = "/admin/auth/user/"
PASSWORD = "orchid lantern gravel mosaic"
OTHER = "walnut pepper cobalt violin"


def signed_in(user, language="en"):
    """A browser in which the user has signed in."""
    browser = Client(headers={"accept-language": language}, raise_request_exception=False)
    browser.force_login(user)
    return browser


def entered(browser, name, password=PASSWORD, **more):
    """The answer to entering somebody of that name, who is to be an editor."""
    role = Group.objects.get(name="Editors").pk
    form = {"username": name, "usable_password": "true", "is_staff": "on", "groups": [role]}
    form |= dict.fromkeys(("password1", "password2"), password)
    return browser.post(f"{PEOPLE}add/", {**form, **more})
