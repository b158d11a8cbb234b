"""Contacts: persons, belonging to none, one or more accounts."""
