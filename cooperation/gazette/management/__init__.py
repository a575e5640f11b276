"""Commands of the gazette."""
