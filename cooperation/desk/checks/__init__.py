"""What stands against publishing records, and what has to be confirmed: one file a concern."""

from .all import findings
from .findings import Finding, Level, Refused

__all__ = ["Finding", "Level", "Refused", "findings"]
