"""Products: what we sell and repair."""
