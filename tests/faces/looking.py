"""How tests look at pages: their words, their links, the titles in a list."""

import re
from html import unescape

from tests.faces.reading import body

FUND = "/funds/korea-china-cultural-fund/"


def page(client, path, status=200):
    """The page's HTML."""
    response = client.get(path)
    assert response.status_code == status, body(response)
    return response.content.decode()


def said(html):
    """The words of a page, in order."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def links(html):
    """Where a page leads."""
    return [unescape(url) for url in re.findall(r'href="([^"]*)"', html)]


def rows(html):
    """The titles in a list, in order."""
    return [
        said(title).removesuffix(" portal’s wording")
        for title in re.findall(r"<h3>(.*?)</h3>", html, re.S)
    ]
