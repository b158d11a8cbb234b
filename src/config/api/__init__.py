"""The HTTP API under /api/v1: every record type's router and those of the packages, behind one gate."""
