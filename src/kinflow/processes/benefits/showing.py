"""The figure that the page of a benefit shows: which it is, its pictures, and their numbers as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..deployments.models import Deployment
from ..studio.spans import share, span
from .bars import bars_drawn
from .curves import Promised, curves_drawn
from .drawing import SHEETS
from .figures import FIGURES
from .judging import Benefit, Result
from .lasting import Curve
from .spreading import MOST_COUNTED, Bar, Spread
from .strips import Said, Strip, strip_drawn
from .words import between, number, signed, unit_of

PARTS = 8
"""The table of a curve tells it at so many times."""
NOTHING = "–"  # noqa: RUF001


@dataclass(frozen=True)
class Cell:
    """A number, and its interval where it has one."""

    value: str = NOTHING
    between: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers of a picture: what its columns are called, then by row its name and its cells."""

    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]


@dataclass(frozen=True)
class Shown:
    """One picture in each width, and its numbers."""

    title: str
    text: str
    pictures: dict[str, str]
    table: Table


def judged(deployment: Deployment, keys: Sequence[str], asked: str = "") -> str:
    """The figure to show: what was asked for, else what has a goal, else what was promised, else the first."""
    wanted = [asked, *(one["figure"] for one in (*deployment.goals, *deployment.promise))]
    return next((key for key in wanted if key in keys), keys[0] if keys else "")


def shown(
    deployment: Deployment, benefit: Benefit, figure: str, label: str, sides: tuple[str, str]
) -> list[Shown]:
    """How a figure, which is called so, is spread in both groups, and the difference beside promise and goal."""
    result = next((one for one in benefit.results if one.figure == figure), None)
    if result is None:
        return []
    found = [_spread(deployment, benefit.spreads[figure], result, label, sides), _difference(result, label)]
    return [each for each in found if each is not None]


def _promised_mean(result: Result) -> Promised | None:
    """Where the promise puts the mean of the new group; None where the comparison has none yet."""
    base = result.difference.mean_compared
    if base is None or result.promised is None:
        return None
    value, low, high = (base + each for each in result.promised)
    return value, low, high


def _spread(
    deployment: Deployment, spread: Spread, result: Result, label: str, sides: tuple[str, str]
) -> Shown | None:
    if spread.is_empty:
        return None
    mean = _promised_mean(result)
    if spread.curves:
        return _curves(spread.curves, result, label, sides, 24.0 * deployment.horizon_days, mean)
    is_share = FIGURES[result.figure].unit == "share"
    rows = [_("of all")] if is_share else _counts(max(len(side) for side in spread.bars))
    part = (mean[0] / 100, mean[1] / 100, mean[2] / 100) if mean and is_share else None
    promised = (_("Promised"), part) if part else None
    pictures = {
        name: _safe(bars_drawn(spread.bars, rows, sides, sheet, label=label, promised=promised))
        for name, sheet in SHEETS.items()
    }
    text = _("Of the records followed to the end (lines: 95 % interval of one look, Wilson).")
    told = [(row, [_bar_told(side, n) for side in spread.bars]) for n, row in enumerate(rows)]
    if part:
        told.append((_("Promised"), [_cell(share, *part), Cell()]))
    if not is_share:
        told.append(_means(result, number))
    return Shown(label, text, pictures, Table(["", *sides], told))


def _counts(size: int) -> list[str]:
    return [f"{n}+" if n == MOST_COUNTED else f"{n}" for n in range(size)]


def _bar_told(side: Sequence[Bar], n: int) -> Cell:
    return _cell(share, side[n].share, side[n].low, side[n].high) if side else Cell()


def _cell(told: Callable[[float], str], value: float, low: float, high: float) -> Cell:
    return Cell(told(value), _("%(low)s to %(high)s") % {"low": told(low), "high": told(high)})


def _means(result: Result, told: Callable[[float], str]) -> tuple[str, list[Cell]]:
    means = (result.difference.mean_new, result.difference.mean_compared)
    return _("Mean, followed to the end"), [Cell() if each is None else Cell(told(each)) for each in means]


def _curves(
    curves: tuple[Curve, Curve],
    result: Result,
    label: str,
    sides: tuple[str, str],
    hours: float,
    mean: Promised | None,
) -> Shown:
    found = result.difference
    means = (found.mean_new, found.mean_compared)
    promised = (_("Mean as promised"), mean) if mean else None
    pictures = {
        name: _safe(curves_drawn(curves, sides, hours, sheet, label=label, means=means, promised=promised))
        for name, sheet in SHEETS.items()
    }
    text = _(
        "Share of records to which it has come by then (Kaplan–Meier; band: 95 % interval of one look). A triangle is the"
        " mean of those followed to the end, where one to which it has not come counts with all of the time."
    )
    rows = []
    for part in range(1, PARTS + 1):
        at = hours * part / PARTS
        told = [curve.at(at) for curve in curves]
        rows.append((span(at * 3600), [_cell(share, *each) if each else Cell() for each in told]))
    medians = [None if curve.median is None else curve.median * 3600 for curve in curves]
    rows.append((_("Half within"), [Cell(span(each)) for each in medians]))
    rows.append(_means(result, _hours))
    if mean:
        rows.append((_("Mean as promised"), [_cell(_hours, *mean), Cell()]))
    return Shown(label, text, pictures, Table([_("Within"), *sides], rows))


def _hours(hours: float) -> str:
    return span(hours * 3600)


def _difference(result: Result, label: str) -> Shown | None:
    found, better = result.difference, 1 if FIGURES[result.figure].is_more_better else -1
    measured = once = None
    if found.value is not None and found.always_low is not None and found.always_high is not None:
        measured = (found.value, found.always_low, found.always_high)
    if found.low is not None and found.high is not None:
        once = (found.low, found.high)
    goal = None if result.goal is None else better * result.goal
    strip = Strip(measured, once, result.promised, goal, better)
    said = Said(
        _("%(figure)s: difference of the new version, in %(unit)s")
        % {"figure": label, "unit": unit_of(result.figure)},
        _("Measured"),
        _("Promised"),
        pgettext("benefit", "Goal"),
        pgettext("benefit", "better"),
    )
    pictures = {name: _safe(strip_drawn(strip, said, sheet)) for name, sheet in SHEETS.items()}
    if not any(pictures.values()):
        return None
    rows = []
    if measured:
        rows.append((_("Measured, at any look"), [Cell(signed(measured[0])), Cell(between(*measured[1:]))]))
    if measured and once:
        rows.append((_("Measured, at one look"), [Cell(signed(measured[0])), Cell(between(*once))]))
    if result.promised:
        told = [Cell(signed(result.promised[0])), Cell(between(*result.promised[1:]))]
        rows.append((_("Promised"), told))
    if goal is not None:
        rows.append((pgettext("benefit", "Goal"), [Cell(signed(goal)), Cell("")]))
    text = _("New version less comparison, in %(unit)s, the mix of records taken out.") % {
        "unit": unit_of(result.figure)
    }
    if not measured:
        text = _("Nothing can be told of the difference yet: only what is expected stands here.")
    heads = ["", _("Difference"), _("Interval")]
    return Shown(_("The difference that is judged"), text, pictures, Table(heads, rows))


def _safe(svg: str) -> str:
    return mark_safe(svg)  # noqa: S308  # drawn by us, every name escaped
