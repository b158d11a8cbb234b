"""Outgoing webhooks: other systems are told of what happened, signed, and again until they heard it."""
