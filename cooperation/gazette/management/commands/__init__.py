"""Commands that keep the register whole: one file each."""
