"""Leads and opportunities."""
