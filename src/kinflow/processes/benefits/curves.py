"""The curves of both groups as SVG: the share to which it has come by each hour, with its interval as a band."""

from collections.abc import Sequence

from ..structure.pictures import line, picture, words
from ..studio.spans import span
from .drawing import LOOKS, Sheet, band, legend, mark
from .lasting import Curve

HIGH, FOOT, MEAN = 230.0, 28.0, 7.0
Promised = tuple[float, float, float]
"""Value, low and high."""


def curves_drawn(
    curves: tuple[Curve, Curve],
    names: tuple[str, str],
    hours: float,
    sheet: Sheet,
    *,
    label: str,
    means: tuple[float | None, float | None] = (None, None),
    promised: tuple[str, Promised] | None = None,
) -> str:
    """Both curves up to so many hours, the new group first; `label` says what the picture shows.

    `means` are marked on the axis; `promised` is what the promise is called and where it puts the mean of the new group.
    """
    head, top = legend(sheet, names, promised[0] if promised else "")
    parts = [head, *_axes(sheet, top, hours)]
    if promised:
        value, low, high = (_x(sheet, each, hours) for each in promised[1])
        parts += [band(low, top, high - low, HIGH), mark(value, top, HIGH)]
    for curve, mean, look in zip(curves, means, LOOKS, strict=True):
        parts += _group(sheet, top, hours, curve, mean, look)
    return picture("".join(parts), width=sheet.wide, height=top + HIGH + FOOT, label=label)


def _axes(sheet: Sheet, top: float, hours: float) -> Sequence[str]:
    parts = []
    for part in range(0, 101, 25):
        y = top + HIGH * (1 - part / 100)
        parts.append(line(f"M{sheet.left:g} {y:g}H{sheet.wide - sheet.right:g}"))
        parts.append(words(sheet.left - 6, y + 4, f"{part} %", ' text-anchor="end"'))
    for tick in range(5):
        anchor = "end" if tick == 4 else "middle" if tick else "start"
        x = sheet.left + sheet.across * tick / 4
        parts.append(words(x, top + HIGH + FOOT - 8, span(hours * 900 * tick), f' text-anchor="{anchor}"'))
    return parts


def _group(
    sheet: Sheet, top: float, hours: float, curve: Curve, mean: float | None, look: tuple[str, int, str]
) -> list[str]:
    colour, width, dashes = look
    parts = []
    if curve.until:
        line_of, band_of = _ways(curve, hours, sheet, top)
        parts.append(f'<path d="{band_of}" fill="{colour}" fill-opacity="0.14" stroke="none"/>')
        parts.append(f'<path d="{line_of}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>')
    if mean is not None:
        x, y = _x(sheet, mean, hours), top + HIGH
        parts.append(
            f'<path d="M{x:.1f} {y:g}l{MEAN:g} {MEAN + 3:g}h{-2 * MEAN:g}z" fill="{colour}" stroke="none"/>'
        )
        parts.append(
            f'<path d="M{x:.1f} {top:g}V{y:g}" fill="none" stroke="{colour}" stroke-width="1"{dashes}/>'
        )
    return parts


def _x(sheet: Sheet, hour: float, hours: float) -> float:
    return sheet.left + sheet.across * min(max(hour / hours, 0.0), 1.0)


def _ways(curve: Curve, hours: float, sheet: Sheet, top: float) -> tuple[str, str]:
    """The curve and its band as paths, as far as somebody was followed."""

    def place(hour: float, share: float) -> tuple[float, float]:
        return _x(sheet, hour, hours), top + HIGH * (1 - share)

    def way(shares: list[float]) -> list[tuple[float, float]]:
        points, last = [], 0.0
        for hour, share in zip(curve.hours.tolist(), shares, strict=True):
            points += [place(hour, last), place(hour, share)]
            last = share
        return [*points, place(min(curve.until, hours), last)]

    def path(points: list[tuple[float, float]]) -> str:
        return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)

    around = [*way(curve.low.tolist()), *reversed(way(curve.high.tolist()))]
    return f"M{path(way(curve.share.tolist()))}", f"M{path(around)}Z"
