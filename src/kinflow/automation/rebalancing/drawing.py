"""Load before and after as bars: where each begins and how long it is, in the picture's own units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_BARS = 40
ROW, LEFT, WIDTH = 30, 130, 600
ROOM = WIDTH - LEFT - 90


@dataclass(frozen=True)
class Bar:
    """One person: name, numbers, and the places and lengths of the two bars and of the limit's mark."""

    name: str
    before: float
    after: float
    limit: float | None
    y: int
    before_width: float
    after_width: float
    limit_x: float | None


@dataclass(frozen=True)
class Drawing:
    """The bars of one kind of work, the picture's height, and how many people are in the table only."""

    bars: Sequence[Bar]
    height: int
    hidden: int


def drawing_of(loads: Sequence[Mapping[str, Any]]) -> Drawing:
    """The bars of those whose load changes most, then of those who have most."""
    ordered = sorted(loads, key=lambda r: (-abs(r["after"] - r["before"]), -r["before"]))
    shown = ordered[:MOST_BARS]
    top = max((max(r["before"], r["after"]) for r in shown), default=0.0)
    top = (
        max([top, *(r["limit"] for r in shown if r["limit"] is not None and r["limit"] <= 1.5 * top)]) or 1.0
    )
    return Drawing(
        [_bar(r, at, top) for at, r in enumerate(shown)], ROW * len(shown) + 4, len(loads) - len(shown)
    )


def _bar(row: Mapping[str, Any], at: int, top: float) -> Bar:
    limit = row["limit"]
    is_drawn = limit is not None and limit <= top
    return Bar(
        row["name"],
        row["before"],
        row["after"],
        limit,
        ROW * at,
        round(ROOM * max(row["before"], 0) / top, 1),
        round(ROOM * max(row["after"], 0) / top, 1),
        round(LEFT + ROOM * limit / top, 1) if is_drawn else None,
    )
