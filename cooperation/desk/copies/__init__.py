"""Kept copies of sources: files read within hard limits, stored under names that nobody can guess."""
