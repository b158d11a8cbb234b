"""Segments: living sets of records of one type, kept by a condition or by hand."""
