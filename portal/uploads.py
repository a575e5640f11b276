"""How much may be sent in files, whoever sends it: no disk is filled before anybody has looked."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_FILES = 5
"""How many of the largest files a request may amount to before it is refused as a whole."""


class Bounded(FileUploadHandler):
    """Cuts a file off a little above the largest that is kept, so the form refuses it and loses nothing else."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.sent = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece, for the handlers after this one; None, and it is dropped, beyond the limit."""
        self.sent += len(raw_data)
        if self.sent > MOST_FILES * settings.KEPT_FILE_SIZE:
            raise RequestDataTooBig("More was sent in files than the portal takes.")
        return raw_data if start <= settings.KEPT_FILE_SIZE else None

    def file_complete(self, file_size: int) -> None:
        """Nothing: the handlers after this one made the file."""
        return
