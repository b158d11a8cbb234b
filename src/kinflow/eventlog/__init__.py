"""The append-only log of everything that happened; every change of a domain row is recorded here."""
