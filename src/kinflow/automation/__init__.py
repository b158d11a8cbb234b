"""Scorings and assignments: work finds its person."""
