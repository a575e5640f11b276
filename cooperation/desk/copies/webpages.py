"""What a reader sees of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from cooperation.desk.copies.refusals import Refused, bounded

DEEPEST = 200
LONGEST_ATTRIBUTE = 1_000_000
ENTITY = re.compile(r"<!(?:doctype[^>]{0,1000}\[|entity)", re.IGNORECASE)
SILENT = {
    "script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "canvas", "audio",
    "video", "select", "button", "textarea",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "td", "th", "tr", "ul",
}  # fmt: skip
INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def text_of_page(page: str, longest: int) -> str:
    """What a reader sees of an HTML page, its paragraphs divided by blank lines."""
    if ENTITY.search(page):
        raise Refused("entities")
    root = LexborHTMLParser(page).root
    words: list[str] = []
    for sort, value in walked(root):
        if sort == "text":
            words.append(re.sub(r"\s+", " ", value))
        else:
            words.append("\n\n" if sort == "block" else "\n")
    text = re.sub(r" *\n *", "\n", "".join(words))
    return bounded(re.sub(r"\n{3,}", "\n\n", text), longest)


def walked(root: Any) -> Iterator[tuple[str, str]]:
    """The texts of a page in order, and where blocks and lines begin and end; iterative, for pages can be deep."""
    node, depth = root, 0
    while node is not None:
        inside = None
        if node.tag == "-text":
            yield "text", node.text_content or ""
        elif not is_silent(node):
            yield from _edge(node)
            inside = node.child
        if inside is not None:
            node, depth = inside, depth + 1
            if depth > DEEPEST:
                raise Refused("too-deep")
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            yield from _edge(node)
        node = node.next if node is not None else None


def _edge(node: Any) -> Iterator[tuple[str, str]]:
    """What divides the words where an element begins or ends."""
    if node is not None and node.tag in BLOCKS:
        yield "block", ""
    elif node is not None and node.tag == "br":
        yield "line", ""


def is_silent(node: Any) -> bool:
    """Whether a reader of the page sees nothing of the element."""
    if node.tag in SILENT or node.tag.startswith(("!", "-")):
        return True
    attributes = node.attributes
    if any(len(value or "") > LONGEST_ATTRIBUTE for value in attributes.values()):
        raise Refused("attribute")
    return "hidden" in attributes or bool(INVISIBLE.search(attributes.get("style") or ""))
