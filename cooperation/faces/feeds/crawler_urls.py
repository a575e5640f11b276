"""Addresses that crawlers look for, the same in every language."""

from django.urls import URLPattern, URLResolver, path

from .crawlers import block, pages, robots, security, sitemaps

app_name = "crawlers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemaps, name="sitemaps"),
    path("sitemaps/pages.xml", pages, name="sitemap-pages"),
    path("sitemaps/<int:number>.xml", block, name="sitemap-block"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
]
