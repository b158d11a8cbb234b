"""Consents: what a contact has allowed or refused, by channel and purpose."""
