"""Opportunities: possible sales, moving through the stages of their pipeline until won or lost."""
