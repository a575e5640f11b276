"""Commands that staff and machines run: one file each."""
