"""Scorings replayed over the past, and their weights learnt from outcomes: proposals, never applied unasked."""
