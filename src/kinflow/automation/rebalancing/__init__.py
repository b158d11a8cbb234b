"""Rebalancing: the least disruptive set of moves of open work, proposed, looked at, applied in one step, taken back."""
