"""Who may sign in and what they may do: Django's own forms, with lists that are searched like ours."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .lists import Searched

admin.site.unregister([User, Group])


@admin.register(User)
class People(Searched, UserAdmin):
    """Those who may sign in."""


@admin.register(Group)
class Roles(Searched, GroupAdmin):
    """What several of them may do."""
