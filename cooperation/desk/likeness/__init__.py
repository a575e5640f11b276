"""Records whose names are nearly the same: found for one name, and for all that there are."""
