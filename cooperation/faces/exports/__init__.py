"""Whole filtered lists to take away."""
