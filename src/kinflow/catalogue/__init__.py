"""Products and how they relate."""
