"""The curves of both groups as SVG: the share that has ended by each hour, with its interval as a band."""

from django.utils.translation import gettext as _

from ..structure.pictures import line, picture, words
from ..studio.spans import span
from .lasting import Curve

WIDE, HIGH, LEFT, TOP, FOOT, RIGHT = 680.0, 300.0, 46.0, 34.0, 28.0, 14.0
LOOKS = (("var(--accent)", 2, ""), ("var(--ink-3)", 1, ' stroke-dasharray="5 3"'))
"""Colour, width and dashes of the new group and the comparison: paper may show neither colours nor dashes."""


def drawn(curves: tuple[Curve, Curve], names: tuple[str, str], hours: float) -> str:
    """Both curves up to so many hours; `names` are those of the new group and the comparison."""
    across, up = WIDE - LEFT - RIGHT, HIGH - TOP - FOOT
    parts = []
    for part in range(0, 101, 25):
        y = TOP + up * (1 - part / 100)
        parts.append(line(f"M{LEFT:g} {y:g}H{WIDE - RIGHT:g}"))
        parts.append(words(LEFT - 6, y + 4, f"{part} %", ' text-anchor="end"'))
    for tick in range(5):
        x, anchor = LEFT + across * tick / 4, "end" if tick == 4 else "middle" if tick else "start"
        parts.append(words(x, HIGH - 8, span(hours * 900 * tick), f' text-anchor="{anchor}"'))
    for n, (curve, called, (colour, width, dashes)) in enumerate(zip(curves, names, LOOKS, strict=True)):
        steps = _steps(curve, hours, across, up)
        parts.append(f'<path d="{steps[1]}" fill="{colour}" fill-opacity="0.14" stroke="none"/>')
        parts.append(f'<path d="{steps[0]}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>')
        x = LEFT + n * across / 2
        parts.append(f'<path d="M{x:g} 14h22" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>')
        parts.append(words(x + 28, 18, called))
    label = _("Share of records that have ended, by time")
    return picture("".join(parts), width=WIDE, height=HIGH, label=label)


def _steps(curve: Curve, hours: float, across: float, up: float) -> tuple[str, str]:
    """The curve and its band as paths."""

    def place(hour: float, share: float) -> tuple[float, float]:
        return LEFT + across * min(hour / hours, 1.0), TOP + up * (1 - share)

    def way(shares: list[float]) -> list[tuple[float, float]]:
        points, last = [], 0.0
        for hour, share in zip(curve.hours.tolist(), shares, strict=True):
            points += [place(hour, last), place(hour, share)]
            last = share
        return [*points, place(hours, last)]

    def path(points: list[tuple[float, float]]) -> str:
        return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)

    band = [*way(curve.low.tolist()), *reversed(way(curve.high.tolist()))]
    return f"M{path(way(curve.share.tolist()))}", f"M{path(band)}Z"
