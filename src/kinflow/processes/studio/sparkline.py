"""A small line of numbers over time, drawn by the server."""

from collections.abc import Sequence

WIDE, HIGH, EDGE = 96, 24, 2


def points(numbers: Sequence[float]) -> str:
    """The points of the line in a box of 96 by 24; "" for fewer than two numbers."""
    if len(numbers) < 2:
        return ""
    highest = max(*numbers, 1)
    step = (WIDE - 2 * EDGE) / (len(numbers) - 1)
    places = (
        (EDGE + at * step, HIGH - EDGE - (HIGH - 2 * EDGE) * number / highest)
        for at, number in enumerate(numbers)
    )
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
