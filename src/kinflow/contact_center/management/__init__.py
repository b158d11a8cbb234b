"""Commands of the contact centre."""
