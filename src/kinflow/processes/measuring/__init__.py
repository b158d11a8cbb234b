"""Measures of a log: what follows what, variants, times, hand-overs; compiled passes over columns."""
