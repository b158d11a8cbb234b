"""The public pool: what is nobody's may be claimed, and what is neglected comes back."""
