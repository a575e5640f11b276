"""Rendering records as documents: generic over the shapes, with a file for what a kind computes."""

from .rendering import document, documents, rendered

__all__ = ["document", "documents", "rendered"]
