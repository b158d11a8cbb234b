"""Finding any record by a few characters: one index over all kinds, kept by a reader of the log."""
