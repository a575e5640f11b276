"""Where each face and the desk hang."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path

from cooperation.faces.api.urls import elsewhere
from cooperation.faces.pages.health import livez, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include("cooperation.faces.api.urls")),
    re_path(r"^api/", elsewhere),
    path("", include("cooperation.faces.feeds.crawler_urls")),
]

if settings.HAS_DESK:
    from django.contrib import admin

    urlpatterns += [path("admin/", admin.site.urls)]

urlpatterns += i18n_patterns(
    path("", include("cooperation.faces.feeds.urls")),
    path("", include("cooperation.faces.pages.urls")),
    prefix_default_language=False,
)

handler400 = "cooperation.faces.pages.errors.bad_request"
handler403 = "cooperation.faces.pages.errors.forbidden"
handler404 = "cooperation.faces.pages.errors.not_found"
handler500 = "cooperation.faces.pages.errors.broken"
