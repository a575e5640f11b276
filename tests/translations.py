"""Which words of the pages can be translated, and which translations are missing.

`python -m tests.translations` lists what each language lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.template import engines
from django.template.base import NodeList
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
# At the desk English is spoken as well.
DESK_TEMPLATES = {"admin", "desk"}
SPOKEN = ("faces", "gazette", "rules", "catalogue.py")
TRANSLATED = {"ko": "ko", "zh-Hans": "zh_Hans"}


def in_code() -> Iterator[str]:
    """The messages of every room that the public side loads."""
    for name in SPOKEN:
        path = ROOT / "cooperation" / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for _line, message, _comments, _context in extract_from_file("python", file):
                yield from (message,) if isinstance(message, str) else message[:2]


def in_templates() -> Iterator[str]:
    """The messages of every template."""
    django = engines["django"].engine
    folder = ROOT / "templates"
    for file in sorted(folder.rglob("*.html")):
        if file.relative_to(folder).parts[0] in DESK_TEMPLATES:
            continue
        yield from _spoken(django.from_string(file.read_text()).nodelist)


def _spoken(nodes: NodeList) -> Iterator[str]:
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield node.filter_expression.var.literal
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        for tokens in filter(None, (node.singular, node.plural)):
            yield node.render_token_list(tokens)[0].strip()


def messages() -> set[str]:
    """Everything that a public page may say."""
    return {*in_code(), *in_templates()} - {""}


def catalogue(language: str) -> dict[str, str]:
    """What each message is in that language; plurals have one form in Korean and Chinese."""
    path = ROOT / "locale" / TRANSLATED[language] / "LC_MESSAGES" / "django.po"
    found = {}
    with path.open("rb") as file:
        for message in read_po(file):
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found |= dict.fromkeys(forms, str(strings[0])) if not message.fuzzy else {}
    return found


def missing(language: str) -> list[str]:
    """The messages that the language lacks."""
    known = catalogue(language)
    return sorted(message for message in messages() if not known.get(message))


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    for spoken in TRANSLATED:
        for lacking in missing(spoken):
            print(f"{spoken}: {lacking}")
