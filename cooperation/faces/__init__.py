"""What the public sees: each face reads the gazette and nothing else."""
