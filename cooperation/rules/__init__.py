"""What is true without a database: languages, money, dates, canonical JSON, search words, identifiers."""
