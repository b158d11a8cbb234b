"""My work: what is mine, in the order in which it is best done, each piece with its reason."""
