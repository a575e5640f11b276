"""Imports of tables from the pages of the desk: what was sent, and how far it has come."""
