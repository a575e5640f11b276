"""News of what changed, for feed readers and search engines."""
