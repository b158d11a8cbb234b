"""Shares of both groups as bars with their intervals, one row for each thing that records have or have not."""

from collections.abc import Sequence

from ..structure.pictures import line, picture, words
from .curves import Promised
from .drawing import LOOKS, Sheet, band, legend, mark
from .spreading import Bar

BAR, GAP, FOOT = 13.0, 14.0, 26.0
ENDS = (0.08, 0.2, 0.4, 0.6, 0.8, 1.0)


def bars_drawn(
    bars: tuple[Sequence[Bar], Sequence[Bar]],
    rows: Sequence[str],
    names: tuple[str, str],
    sheet: Sheet,
    *,
    label: str,
    promised: tuple[str, Promised] | None = None,
) -> str:
    """The bars of both groups, the new one first; `promised` is as for curves, in shares of one."""
    head, top = legend(sheet, names, promised[0] if promised else "")
    one = 2 * BAR + GAP
    high = one * len(rows)
    parts = [head]
    most = _most(bars, promised)
    for tick in range(5):
        x, anchor = _x(sheet, tick / 4, 1.0), "end" if tick == 4 else "middle"
        parts.append(line(f"M{x:g} {top:g}v{high:g}"))
        parts.append(words(x, top + high + 18, f"{25 * most * tick:g} %", f' text-anchor="{anchor}"'))
    if promised:
        value, low, high_end = (_x(sheet, each, most) for each in promised[1])
        parts += [band(low, top, high_end - low, high), mark(value, top, high)]
    for n, row in enumerate(rows):
        parts.append(words(sheet.left - 6, top + n * one + one / 2 + 4, row, ' text-anchor="end"'))
        for k, (side, (colour, _width, dashes)) in enumerate(zip(bars, LOOKS, strict=True)):
            if side:
                parts.append(_bar(sheet, top + n * one + GAP / 2 + k * BAR, side[n], most, colour, dashes))
    return picture("".join(parts), width=sheet.wide, height=top + high + FOOT, label=label)


def _most(bars: tuple[Sequence[Bar], Sequence[Bar]], promised: tuple[str, Promised] | None) -> float:
    """The end of the axis: the least round share that holds all."""
    told = [bar.high for side in bars for bar in side] + (list(promised[1]) if promised else [])
    return next((each for each in ENDS if each >= max(told, default=0.0)), 1.0)


def _bar(sheet: Sheet, y: float, bar: Bar, most: float, colour: str, dashes: str) -> str:
    x, middle = _x(sheet, bar.share, most), y + BAR / 2
    low, high = _x(sheet, bar.low, most), _x(sheet, bar.high, most)
    return (
        f'<rect x="{sheet.left:g}" y="{y + 1:g}" width="{x - sheet.left:.1f}" height="{BAR - 2:g}" fill="{colour}"'
        f' fill-opacity="0.35" stroke="{colour}"{dashes}/>'
        f'<path d="M{low:.1f} {middle:g}H{high:.1f}" stroke="{colour}" stroke-width="2"/>'
    )


def _x(sheet: Sheet, share: float, most: float) -> float:
    return sheet.left + sheet.across * min(max(share / most, 0.0), 1.0)
