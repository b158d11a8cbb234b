"""Accounts: organisations and households that are, were or may become customers."""
