"""Accounts, contacts, their activities and consent."""
