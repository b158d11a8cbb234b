"""Territories as rules: which accounts belong to which, what a change would move, and where none or several claim."""
