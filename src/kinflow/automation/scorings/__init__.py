"""Scorings: how the person for a kind of work is found, in versions that never change."""
