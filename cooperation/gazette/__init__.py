"""The register: numbered editions of published documents, and what is read out of them."""
