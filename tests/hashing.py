"""Passwords hashed as in life, with as little work as the algorithm allows: tests sign in thousands of times."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the least that it can be asked to do."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
