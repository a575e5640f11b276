"""Keys: permanent names of records in URLs, and of parts within a record."""

import re

from cooperation.rules.words import fold

KEY_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
KEY_MAX_LENGTH = 80


def is_key(text: str) -> bool:
    """Return whether a text can be the key of a record or the id of a part."""
    return len(text) <= KEY_MAX_LENGTH and re.fullmatch(KEY_PATTERN, text) is not None


def key_from(title: str) -> str:
    """Return the key that a title suggests, cut between words; empty if it has no Latin letters or digits."""
    plain = re.sub(r"['’]", "", fold(title[:1000]))
    key = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(key) <= KEY_MAX_LENGTH:
        return key
    between_words = key[: KEY_MAX_LENGTH + 1].rfind("-")
    return key[: between_words if between_words > 0 else KEY_MAX_LENGTH]
