"""The history of the gazette's tables."""
