"""How large an expression and its values may be: enough for any rule a person writes, too little to hurt."""

MAX_LENGTH = 2_000
"""Characters of one expression."""
MAX_DEPTH = 20
"""Brackets, calls and signs inside one another."""
MAX_NODES = 200
"""Values, names, operators and calls of one expression."""
MAX_TEMPLATE = 20_000
"""Characters of a text with fields."""
MAX_PLACES = 100
"""Fields in one text."""
MAX_TEXT = 10_000
"""Characters of any text that an expression works out."""
MAX_RENDERED = 100_000
"""Characters of a text whose fields are filled in."""
MAX_NUMBER = 10**20
"""Every number is below this, and so is every step on the way to it."""
MAX_DECIMALS = 10
"""Digits after the point; further ones are rounded."""
