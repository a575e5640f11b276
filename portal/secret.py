"""The key that signs sessions and forms: given in production, made once in local mode, none on the public side."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST = 50


def secret_key(given: str, *, local: bool, signs: bool, folder: Path) -> str:
    """The key given; in local mode else the one kept in `folder`, readable by its owner alone.

    A process that signs nothing gets one that ends with it.
    """
    if not signs:
        return secrets.token_urlsafe(64)
    if given:
        if not local and len(given) < SHORTEST:
            raise ImproperlyConfigured(
                f"PORTAL_SECRET_KEY must have {SHORTEST} characters or more; "
                "`openssl rand -base64 48` makes one."
            )
        return given
    if not local:
        raise ImproperlyConfigured(
            "PORTAL_SECRET_KEY is missing: outside local mode the portal does not start without "
            "its own key; `openssl rand -base64 48` makes one."
        )
    try:
        return _kept_key(folder / "secret_key")
    except OSError as fault:
        raise ImproperlyConfigured(
            f"{folder} has to be a folder in which the portal may read and write, since it keeps its "
            f"key and its data there ({fault.strerror}): mend that, or name another with PORTAL_VAR."
        ) from None


def _kept_key(path: Path) -> str:
    """Linked into place whole, so that two processes that start at once agree on one key."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
