"""Template tags of the contact centre."""
