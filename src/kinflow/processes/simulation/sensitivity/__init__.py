"""Which inputs of a model move its figures most: each changed alone, up and down, with the same chances (a tornado)."""
