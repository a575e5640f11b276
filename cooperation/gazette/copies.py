"""The copies of sources that anybody may have: entered with their documents, read through them alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from .models import Copy, Current
from .reading import PUBLIC
from .shapes.sources import ENDINGS

CHUNK = 100
KIND = "source"
OPEN = {"open_licence", "public_domain"}
"""The rights under which whoever asks is given the copy itself."""
Entered = tuple[str, str, Mapping[str, Any] | None, Callable[[], bytes] | None]
"""Kind, key and document of a record that is entered, and what reads the bytes of its copy."""


class Another(ValueError):
    """The bytes are not those that the document names."""

    def __init__(self, key: str):
        sentence = _(
            "The kept copy of %(key)s is not the one that its document names; upload it again."
        )
        super().__init__(sentence % {"key": key})


def may_be_public(document: Mapping[str, Any] | None) -> bool:
    """Whether the document is of a source whose kept copy anybody may have; no query."""
    return bool(
        document
        and document["kind"] == KIND
        and document.get("kept")
        and document.get("rights") in OPEN
    )


def settle(entered: Iterable[Entered]) -> None:
    """Let the copies be those of the documents that are entered, and remove those of what ends.

    At most one query, and one for each copy that anybody may have. Another, where the bytes are not
    those that the document names; the caller's transaction is then not to be committed.
    """
    sources = [one for one in entered if one[0] == KIND]
    if sources:
        Copy.objects.filter(pk__in=[key for _kind, key, _document, _read in sources]).delete()
    for _kind, key, document, read in sources:
        if document is not None and read is not None and may_be_public(document):
            content, named = read(), document["kept"]["sha256"]
            if _hash(content) != named:
                raise Another(key)
            Copy.objects.create(key=key, sha256=named, content=content)


def content(document: Mapping[str, Any]) -> bytes | None:
    """The bytes of the copy that the current document names; None where nobody may have them.

    One query where there may be some. Bytes whose hash is another are not those, and none.
    """
    if not may_be_public(document):
        return None
    rows = Copy.objects.using(PUBLIC)
    row = rows.filter(pk=document["key"], sha256=document["kept"]["sha256"]).first()
    found = bytes(row.content) if row else None
    return found if found is not None and _hash(found) == document["kept"]["sha256"] else None


def attached(content: bytes, key: str, media_type: str) -> HttpResponse:
    """The answer with a copy that is to be saved, and can do nothing where it is shown."""
    answer = HttpResponse(content, content_type=media_type)
    name = f"{key}.{ENDINGS[media_type]}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def faults() -> Iterator[str]:
    """A sentence for each copy that no current document names, that is lacking, or whose bytes were changed."""
    for current in Current.objects.filter(kind=KIND).order_by("key").iterator(CHUNK):
        if may_be_public(current.content) and not Copy.objects.filter(pk=current.key).exists():
            yield f"The copy of source/{current.key}, which anybody may have, is not there. Mend: publish the source again."
    for row in Copy.objects.order_by("pk").iterator(1):
        named = Current.objects.filter(kind=KIND, key=row.pk).first()
        document = named.content if named else None
        if not may_be_public(document) or (document or {})["kept"]["sha256"] != row.sha256:
            yield f"The copy of source/{row.pk} is not one that its current document lets anybody have. Mend: publish the source again, or remove the row."
        elif _hash(bytes(row.content)) != row.sha256:
            yield f"The copy of source/{row.pk} was changed; the hash differs. Mend: publish the source again."


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
