"""What the desk is called, where its way to the public pages leads, and how records are suggested."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.utils.translation import gettext_lazy as _

from .widgets import told_apart


class Suggestions(AutocompleteJsonView):
    """The records that a search for one to refer to finds, namesakes told apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """What the script of the search shows, and what it sends."""
        return {"id": str(getattr(obj, to_field_name)), "text": told_apart(obj)}


admin.site.site_header = _("Cooperation Portal — desk")
admin.site.site_title = _("Cooperation Portal — desk")
admin.site.index_title = _("Records")
admin.site.site_url = f"{settings.PORTAL_URL}/"
admin.site.empty_value_display = "–"
_suggest: Any = Suggestions.as_view(admin_site=admin.site)
admin.site.autocomplete_view = _suggest  # type: ignore[method-assign] # the site has no setting for it
