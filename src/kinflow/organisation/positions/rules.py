"""How high posts stand."""

TOP, LOWEST = 1, 12


def is_level(level: int) -> bool:
    """Whether the number is a level of the hierarchy: 1 is the top."""
    return TOP <= level <= LOWEST
