"""The difference that is judged, with the promise and the goal on one axis, as SVG."""

from dataclasses import dataclass
from math import ceil, floor, log10

from ..structure.pictures import picture, words
from .curves import Promised
from .drawing import LOOKS, PROMISE, Sheet

ROW, TOP, FOOT, NAMES, NAMES_NARROW = 30.0, 26.0, 26.0, 150.0, 10.0
MOST_TICKS = 6


@dataclass(frozen=True)
class Strip:
    """What stands on the axis, in the figure's own unit; None where it is not known.

    `once` is the narrower interval of what was measured; `better` is the sign of what is better; `goal` has it.
    """

    measured: Promised | None
    once: tuple[float, float] | None
    promised: Promised | None
    goal: float | None
    better: int

    @property
    def values(self) -> list[float]:
        """All that the axis has to hold beside nothing."""
        told = [*(self.measured or ()), *(self.promised or ())]
        return told if self.goal is None else [*told, self.goal]


@dataclass(frozen=True)
class Said:
    """The words of the picture."""

    label: str
    measured: str
    promised: str
    goal: str
    better: str


@dataclass(frozen=True)
class _Axis:
    left: float
    across: float
    least: float
    most: float
    step: float

    def x(self, value: float) -> float:
        return self.left + self.across * (value - self.least) / (self.most - self.least)

    def ticks(self) -> list[float]:
        first, last = ceil(self.least / self.step - 1e-9), floor(self.most / self.step + 1e-9)
        return [n * self.step for n in range(first, last + 1)]


def strip_drawn(strip: Strip, said: Said, sheet: Sheet) -> str:
    """The strip; nothing where nothing is known that could stand on it."""
    if not strip.values:
        return ""
    left = NAMES_NARROW if sheet.is_narrow else NAMES
    axis = _axis(strip.values, left, sheet.wide - left - sheet.right - 8)
    rows = [(said.measured, strip.measured, strip.once), (said.promised, strip.promised, None)]
    shown = [row for row in rows if row[1] is not None]
    step = ROW + (14 if sheet.is_narrow else 0)
    high = step * max(len(shown), 1)
    parts = [_ground(axis, high), _better(strip, said, axis)]
    if strip.goal is not None:
        parts.append(_goal(axis, strip.goal, high, said.goal))
    for n, (called, value, once) in enumerate(shown):
        y = TOP + step * n + (step - ROW / 2 if sheet.is_narrow else ROW / 2)
        place = (left, y - 13, "start") if sheet.is_narrow else (left - 12, y + 4, "end")
        parts.append(words(place[0], place[1], called, f' text-anchor="{place[2]}"'))
        parts.append(_value(axis, y, value or (0, 0, 0), once, is_measured=called == said.measured))
    return picture("".join(parts), width=sheet.wide, height=TOP + high + FOOT, label=said.label)


def _axis(values: list[float], left: float, across: float) -> _Axis:
    """An axis with round ticks that holds the values and nothing."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.06
    rough = (high - low + 2 * room) / MOST_TICKS
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * each for each in (1, 2, 5, 10) if unit * each >= rough)
    return _Axis(left, across, low - room, high + room, step)


def _ground(axis: _Axis, high: float) -> str:
    parts = []
    for tick in axis.ticks():
        colour = "var(--ink-2)" if tick == 0 else "var(--edge-strong)"
        parts.append(f'<path d="M{axis.x(tick):.1f} {TOP:g}v{high:g}" fill="none" stroke="{colour}"/>')
        told = f"{tick:+,.10g}".replace("-", "\N{MINUS SIGN}") if tick else "0"
        parts.append(words(axis.x(tick), TOP + high + 18, told, ' text-anchor="middle"'))
    return "".join(parts)


def _better(strip: Strip, said: Said, axis: _Axis) -> str:
    """Which way is better, at the top."""
    if strip.better < 0:
        return words(axis.left, 14, f"← {said.better}")
    return words(axis.left + axis.across, 14, f"{said.better} →", ' text-anchor="end"')


def _goal(axis: _Axis, goal: float, high: float, called: str) -> str:
    """From where on the goal is reached."""
    x, is_left = axis.x(goal), axis.x(goal) < axis.left + axis.across / 2
    shift, anchor = (4, "start") if is_left else (-4, "end")
    return (
        f'<path d="M{x:.1f} {TOP - 8:g}v{high + 8:g}" fill="none" stroke="var(--good)" stroke-width="2"/>'
        + words(x + shift, TOP - 2, called, f' text-anchor="{anchor}"')
    )


def _value(
    axis: _Axis, y: float, value: Promised, once: tuple[float, float] | None, *, is_measured: bool
) -> str:
    """A value with its interval, and the narrower one drawn thicker."""
    colour = LOOKS[0][0] if is_measured else PROMISE
    at, low, high = (axis.x(each) for each in value)
    parts = [f'<path d="M{low:.1f} {y:g}H{high:.1f}" fill="none" stroke="{colour}" stroke-width="2"/>']
    parts += [f'<path d="M{each:.1f} {y - 5:g}v10" fill="none" stroke="{colour}"/>' for each in (low, high)]
    if once:
        ends = [axis.x(each) for each in once]
        look = f'stroke="{colour}" stroke-width="6" stroke-opacity="0.45"'
        parts.append(f'<path d="M{ends[0]:.1f} {y:g}H{ends[1]:.1f}" fill="none" {look}/>')
    shape = (
        f'<circle cx="{at:.1f}" cy="{y:g}" r="5" fill="{colour}"/>'
        if is_measured
        else f'<path d="M{at:.1f} {y - 6:g}l6 6l-6 6l-6 -6z" fill="{colour}"/>'
    )
    return "".join([*parts, shape])
