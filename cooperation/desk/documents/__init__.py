"""Rendering records as documents: generic over the shapes, with a file for what a kind computes."""
