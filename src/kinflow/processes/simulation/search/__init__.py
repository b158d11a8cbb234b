"""The search for the best moves: combinations tried under a budget, and those that nothing beats."""
