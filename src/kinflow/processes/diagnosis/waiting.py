"""Waiting at the borders of units: between which units cases wait, for how long, and for which of the five causes."""

from dataclasses import dataclass

import numpy as np

from .causes import CAUSES, split
from .view import View

FEWEST = 5
MOST = 40
MOST_SPLIT = 200_000
"""Of more hand-overs every so many-th is split into causes."""


@dataclass(frozen=True)
class BorderWait:
    """Hand-overs from unit to unit: how many, hours each waited on average, hours of waiting in a month, all in working
    time of who took over; and of the elapsed wait the share of each of the five causes (`causes.CAUSES`)."""

    giver: str
    taker: str
    times: int
    mean: float
    per_month: float
    causes: tuple[float, ...]


def border_waits(view: View) -> list[BorderWait]:
    """All borders that cases crossed often enough, the longest waiting first; none where no units are known."""
    turns = view.unit_turns
    crossing = np.flatnonzero(turns.follows())
    if not len(crossing):
        return []
    units = view.columns.units
    places = turns.first[crossing + 1]
    codes = turns.code[crossing].astype(np.int64) * len(units) + turns.code[crossing + 1]
    pairs, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
    place = place.ravel()
    waits = np.bincount(place, weights=view.wait[places], minlength=len(pairs))
    some = slice(None, None, len(places) // MOST_SPLIT + 1)
    parts = split(view, places[some])
    causes = np.column_stack(
        [np.bincount(place[some], weights=parts[:, k], minlength=len(pairs)) for k in range(len(CAUSES))]
    )
    shares = causes / np.maximum(causes.sum(axis=1, keepdims=True), 1e-9)
    found = [
        BorderWait(
            units[pairs[k] // len(units)],
            units[pairs[k] % len(units)],
            int(counts[k]),
            float(waits[k] / counts[k]),
            float(waits[k] / view.months),
            tuple(float(share) for share in shares[k]),
        )
        for k in np.argsort(-waits)
        if counts[k] >= FEWEST
    ]
    return found[:MOST]
