"""Customers out of files: contacts and accounts, matched with those that are known, for every kind of import."""
