"""Merging: two records that are one become one, and whatever names the other follows."""
