"""The models of processes, one import line per noun, as Django asks."""
