"""The desk in Django's admin: every kind of the catalogue has a form, a list and its acts.

A kind has a file of its own here only where its list or form has something of its own to say.
"""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib import admin

from cooperation.catalogue import KINDS

from . import accounts, rates
from .records import RecordAdmin

__all__ = ["RecordAdmin", "accounts", "rates"]

for _kind in KINDS.values():
    if find_spec(f"{__name__}.{_kind.plural}"):
        import_module(f"{__name__}.{_kind.plural}")
    else:
        admin.site.register(apps.get_model("desk", _kind.name), RecordAdmin)
