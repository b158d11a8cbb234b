"""Putting the demo company's world into the database: rows and events in bulk, under the laws of the house."""
