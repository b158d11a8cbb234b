"""Kinflow: a customer relationship management system that re-engineers itself."""
