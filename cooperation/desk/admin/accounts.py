"""Who may sign in and what they may do: Django's own forms, with lists that are searched like ours."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.rules.texts import as_read

from .lists import Searched

admin.site.unregister([User, Group])


def unlike_others(form: Any) -> str:
    """The name that was typed; refused where somebody else's is written otherwise but reads the same."""
    name = str(form.cleaned_data["username"])
    # No database folds letters as Unicode does, and those who sign in are few.
    others = User.objects.exclude(pk=form.instance.pk).values_list("username", flat=True)
    for other in others:
        if other != name and as_read(other).split() == as_read(name).split():
            raise ValidationError(
                _(
                    "Somebody is called “%(name)s” already, which reads the same. Choose a name that "
                    "differs in more than capital or wide letters."
                ),
                code="username_alike",
                params={"name": other},
            )
    return name


class SignInForm(AdminAuthenticationForm):
    """The name and password of somebody who works at the desk."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": gettext_lazy(
            "These are not the name and password of anybody at the desk. Mind capital and small letters."
        ),
    }


class NewPerson(AdminUserCreationForm):
    """Somebody who is to sign in."""

    def clean_username(self) -> str:
        """The name, which reads like nobody else's."""
        return unlike_others(self)


class KnownPerson(UserChangeForm):
    """Somebody who may sign in already."""

    def clean_username(self) -> str:
        """The name, which reads like nobody else's."""
        return unlike_others(self)


@admin.register(User)
class People(Searched, UserAdmin):
    """Those who may sign in."""

    form = KnownPerson
    add_form = NewPerson
    # With the role at once: without one there is nothing that a new person may do.
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "usable_password",
                    "password1",
                    "password2",
                    "is_staff",
                    "groups",
                ),
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever is entered is to come in, unless that is taken away."""
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Saves; whoever may not come in any more loses their sessions now, and not at their next request."""
        super().save_model(request, obj, form, change)
        if not (obj.is_active and obj.is_staff):
            obj.desk_sessions.all().delete()


@admin.register(Group)
class Roles(Searched, GroupAdmin):
    """What several of them may do."""
