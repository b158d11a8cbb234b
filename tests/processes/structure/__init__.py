"""The organisation as it is."""
