"""What the portal is about: records, their register, and its public faces."""
