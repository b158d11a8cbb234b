"""Leads: somebody's interest, not yet qualified: new, contacted, qualified, disqualified or converted."""
