"""How large a condition may be: enough for any segment a person writes, too little to hurt."""

MAX_BYTES = 100_000
"""Length of a condition as text, in bytes of UTF-8."""
MAX_DEPTH = 8
"""Groups, negations and "has" inside one another."""
MAX_NODES = 200
"""Groups and tests altogether."""
MAX_STEPS = 5
"""Hops of one field path."""
MAX_LIST = 500
"""Values of one list."""
MAX_VALUES = 2_000
"""Values of all lists together."""
MAX_TEXT = 500
"""Characters of one text."""
MAX_COUNT = 1_000
"""Related records asked for by "at_least"."""
MAX_INTEGER = 2**53 - 1
"""The largest whole number and the largest id: what every reader of JSON holds exactly."""
MAX_DIGITS = (20, 10)
"""Digits of a decimal before and after the point."""
YEARS = (1000, 2999)
"""The years a date may lie in."""
MAX_OFFSET = 40_000
"""Days from today."""
MAX_AMOUNTS = {
    "minutes": 5_256_000,
    "hours": 876_000,
    "days": 36_500,
    "weeks": 5_200,
    "months": 1_200,
    "quarters": 400,
    "years": 100,
}
"""The longest duration by unit."""
