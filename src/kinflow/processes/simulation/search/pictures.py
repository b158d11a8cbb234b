"""The picture of a search: what a month costs against how long a case takes, quality by shape and colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from ...studio.spans import fine_span
from ..replications import figure
from ..scenario import SECOND
from .dominance import Point
from .models import MoveSearch
from .telling import Found, money

RIGHT, TOP, BOTTOM = 24, 16, 44
MARGIN, SIZE = 0.06, 7.0
SHAPES = (("circle", "--hue-1"), ("square", "--hue-0"), ("triangle", "--hue-3"))
"""From the best quality to the worst."""
MOST_DOTS = 600


@dataclass(frozen=True)
class Layout:
    """A picture's size, the room at its left, and how many ticks an axis has."""

    name: str
    width: int
    height: int
    left: int
    ticks: int


LAYOUTS = (Layout("wide", 720, 380, 84, 4), Layout("narrow", 340, 320, 74, 2))
"""Where there is room, and on a phone."""


def scatters_of(row: MoveSearch, found: Found) -> list[dict[str, Any]]:
    """The picture in each layout; none where nothing was played yet."""
    return [_scatter(row, found, each) for each in LAYOUTS] if found.best else []


def _scatter(row: MoveSearch, found: Found, layout: Layout) -> dict[str, Any]:
    """Where the points lie."""
    shown = [each for each in found.points if each.plays and np.isfinite(each.mean[0])][-MOST_DOTS:]
    width, bottom = layout.width, layout.height - BOTTOM
    across = _Axis([each.mean[1] for each in shown], layout.left, width - RIGHT, layout.ticks)
    up = _Axis([each.mean[0] for each in shown], bottom, TOP, layout.ticks)
    edges = _edges([each.mean[2] for each in found.best])
    return {
        "name": layout.name,
        "width": width,
        "height": layout.height,
        "left": layout.left,
        "bottom": bottom,
        "right": width - RIGHT,
        "top": TOP,
        "x": [
            {"at": f"{across.at(tick):.1f}", "words": money(row, tick), "anchor": anchor}
            for tick, anchor in zip(across.ticks, _anchors(len(across.ticks)), strict=True)
        ],
        "y": [{"at": f"{up.at(tick):.1f}", "words": fine_span(tick / SECOND)} for tick in up.ticks],
        "dots": [
            {"x": f"{across.at(each.mean[1]):.1f}", "y": f"{up.at(each.mean[0]):.1f}"}
            for each in shown
            if each not in found.best
        ],
        "marks": [_mark(each, number, across, up, edges) for number, each in enumerate(found.best, 1)],
        "legend": _legend(edges, [each.mean[2] for each in found.best]),
    }


def _anchors(ticks: int) -> list[str]:
    """Where two ticks are at the ends of a narrow axis, their words reach inwards."""
    return ["start", "end"] if ticks == 2 else ["middle"] * ticks


class _Axis:
    def __init__(self, values: Sequence[float], begin: float, end: float, ticks: int) -> None:
        low, high = min(values), max(values)
        spare = (high - low or abs(high) or 1.0) * MARGIN
        self.low, self.high, self.begin, self.end = low - spare, high + spare, begin, end
        self.ticks = [low + (high - low) * k / (ticks - 1) for k in range(ticks)] if high > low else [low]

    def at(self, value: float) -> float:
        """Where a value lies; what lies outside is at the edge."""
        share = (min(self.high, max(self.low, value)) - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)


def _edges(values: Sequence[float]) -> tuple[float, float]:
    """Where good quality ends, and where bad begins: the thirds between the best and the worst of the best points."""
    low, high = min(values), max(values)
    return low + (high - low) / 3, high - (high - low) / 3


def _shape(quality: float, edges: tuple[float, float]) -> int:
    return 0 if quality <= edges[0] else 1 if quality <= edges[1] else 2


def _mark(point: Point, number: int, across: _Axis, up: _Axis, edges: tuple[float, float]) -> dict[str, Any]:
    x, y = across.at(point.mean[1]), up.at(point.mean[0])
    shape, hue = SHAPES[_shape(point.mean[2], edges)]
    times = figure(point.values[:, 0].tolist())
    return {
        "number": number,
        "x": f"{x:.1f}",
        "label_x": f"{x + 11:.1f}",
        "y": f"{y:.1f}",
        "label_y": f"{y - 8:.1f}",
        "low": f"{up.at(times.low if np.isfinite(times.low) else times.mean):.1f}",
        "high": f"{up.at(times.high if np.isfinite(times.high) else times.mean):.1f}",
        "path": _path(shape, x, y),
        "hue": hue,
    }


def _path(shape: str, x: float, y: float) -> str:
    if shape == "circle":
        return f"M{x - SIZE:.1f} {y:.1f}a{SIZE} {SIZE} 0 1 0 {2 * SIZE} 0a{SIZE} {SIZE} 0 1 0 {-2 * SIZE} 0z"
    if shape == "square":
        return f"M{x - SIZE + 1:.1f} {y - SIZE + 1:.1f}h{2 * SIZE - 2}v{2 * SIZE - 2}h{2 - 2 * SIZE}z"
    return f"M{x:.1f} {y - SIZE - 1:.1f}l{SIZE + 1} {2 * SIZE}h{-2 * SIZE - 2}z"


def _legend(edges: tuple[float, float], values: Sequence[float]) -> list[dict[str, str]]:
    said = (
        _("at most %(most)s faults a case") % {"most": f"{edges[0]:.2f}"},
        _("%(least)s to %(most)s faults a case") % {"least": f"{edges[0]:.2f}", "most": f"{edges[1]:.2f}"},
        _("more than %(least)s faults a case") % {"least": f"{edges[1]:.2f}"},
    )
    used = {_shape(each, edges) for each in values}
    return [
        {"path": _path(shape, 8, 8), "hue": hue, "words": words}
        for place, ((shape, hue), words) in enumerate(zip(SHAPES, said, strict=True))
        if place in used
    ]
