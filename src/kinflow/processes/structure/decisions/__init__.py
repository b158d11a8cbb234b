"""Decision centres: who decides what, on which layer, how far from those who have the work."""
