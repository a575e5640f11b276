"""What is true without a database: languages, money, dates, canonical JSON, search words, identifiers.

A rule that refuses says why in the language of whoever asked: the one that is active when it speaks.
"""
