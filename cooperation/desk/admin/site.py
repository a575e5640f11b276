"""What the desk is called, and where its way to the public pages leads."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("Cooperation Portal — desk")
admin.site.site_title = _("Cooperation Portal — desk")
admin.site.index_title = _("Records")
admin.site.site_url = f"{settings.PORTAL_URL}/"
admin.site.empty_value_display = "–"
