"""Commands that write what stands before the faces: one file each."""
