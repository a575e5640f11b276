"""What staff keep: records, their parts and sources. Nothing here is public."""
