"""How a scoring did: points reached against possible ones, overrides, how evenly work went, what nobody got."""
