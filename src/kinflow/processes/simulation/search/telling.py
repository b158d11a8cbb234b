"""What a search found, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from ...studio.spans import count, fine_span
from ..replications import figure
from ..scenario import SECOND
from ..whatif.moves import told_move
from ..whatif.telling import words_of
from ..works.paying import money_told
from .dominance import Point, front, rivals, survivors
from .models import MoveSearch
from .rounds import points_of
from .running import space_of
from .space import Space

NEARLY = 12
"""So many points are shown of which chance leaves open whether they belong to the best."""


@dataclass(frozen=True)
class Found:
    """What a search found: all points, the best, and those that might be as good."""

    space: Space
    points: Sequence[Point]
    best: Sequence[Point]
    nearly: Sequence[Point]


def found_in(row: MoveSearch) -> Found:
    """What a search found so far."""
    points = points_of(row)
    best = front(points)
    nearly = [each for each in survivors(points) if each not in best and np.isfinite(each.mean[0])]
    return Found(space_of(row), points, best, sorted(nearly, key=lambda each: each.mean[1])[:NEARLY])


def point_told(point: Point, found: Found) -> dict[str, Any]:
    """A point as JSON: its moves, [mean, low, high] of time and quality, and whether it is surely among the best."""
    return {
        "place": found.points.index(point),
        "moves": [told_move(move) for move in found.space.moves_of(point.choice)],
        "cost": point.cost,
        "plays": len(point.plays),
        "time": _interval(point, 0),
        "quality": _interval(point, 1),
        "is_certain": not rivals(point, found.points),
    }


def _interval(point: Point, column: int) -> list[float | None]:
    told = figure(point.values[:, column].tolist())
    return [float(each) if np.isfinite(each) else None for each in (told.mean, told.low, told.high)]


def rows_told(row: MoveSearch, found: Found, points: Sequence[Point]) -> list[dict[str, Any]]:
    """Points for a table, numbered as in the picture."""
    told = []
    for number, point in enumerate(points, 1):
        known = point_told(point, found)
        told.append(
            {
                "number": number,
                "place": known["place"],
                "moves": words_of(row.process, row.calibration, found.space.moves_of(point.choice)),
                "is_present": not known["moves"],
                "cost": money(row, point.cost),
                "time": _between(known["time"], lambda value: fine_span(value / SECOND)),
                "quality": _between(known["quality"], lambda value: f"{value:.2f}"),
                "plays": count(len(point.plays)),
                "is_certain": known["is_certain"],
            }
        )
    return told


def _between(values: Sequence[float | None], said: Any) -> dict[str, str]:
    mean, low, high = ("–" if each is None else said(each) for each in values)  # noqa: RUF001
    return {"mean": mean, "between": _("%(low)s to %(high)s") % {"low": low, "high": high}}


def is_priced(row: MoveSearch) -> bool:
    """Whether somebody had said what an hour costs when it began."""
    return bool(row.pay.get("is_priced"))


def money(row: MoveSearch, amount: float) -> str:
    """What a month costs; in hours where nobody said what one costs."""
    if not is_priced(row):
        return _("%(hours)s h") % {"hours": f"{amount:,.0f}"}
    return money_told(amount, row.pay)


def headline(found: Found) -> str:
    """What came of it so far, in a sentence."""
    told = {
        "tried": count(len(found.points)),
        "size": count(found.space.size),
        "best": count(len(found.best)),
    }
    if not found.best:
        return _("Nothing was played yet.")
    return _("Of %(tried)s tried combinations (%(size)s there are) nothing beats %(best)s.") % told
