"""What is computed in the document of an initiative."""

from .status import status

DERIVED = {"status": status}
