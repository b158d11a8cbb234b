"""Positions: the posts people hold."""
