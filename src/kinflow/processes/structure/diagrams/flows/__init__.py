"""The data-flow diagram: which function makes, uses, changes and removes which records, read from the log."""
