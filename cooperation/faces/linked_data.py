"""Linked data as pages carry them: told under the address and in the language of a request."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cooperation.gazette.presenting.linked_data import graph
from cooperation.gazette.presenting.linked_words import Node, Voice
from cooperation.rules.languages import from_django

from .answers import absolute

# Nothing in a block of data can end it or begin another; as Django's json_script has it, and the line
# ends of JavaScript besides.
ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"})


def voice(request: HttpRequest) -> Voice:
    """The language and the site of the page that was asked for."""
    return Voice(from_django(get_language() or "en"), absolute(request, "/")[:-1])


def script(nodes: Sequence[Node]) -> SafeString:
    """The nodes as a block of data, which no browser runs."""
    text = json.dumps(graph(nodes), ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>\n')
