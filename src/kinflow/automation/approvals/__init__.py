"""Approvals: a rule asks a person, waits, and goes on one way or another by their answer."""
