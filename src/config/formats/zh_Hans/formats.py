"""Thousands apart by commas, as money is written everywhere else; the rest is as Chinese readers write it."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
