"""The studio's screens: portfolio, map, variants, cases."""
