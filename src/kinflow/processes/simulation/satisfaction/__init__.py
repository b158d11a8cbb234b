"""Expected satisfaction: how it is reckoned, and the numbers that a process keeps for it."""
