"""What moves a model's figures most, in the reader's language: rows of a table, and the bars of the picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...studio.spans import span
from ..calibrating.written import scenario_of
from ..scenario import SECOND, Scenario
from ..whatif.kinds import ROLE, STEP, Named
from ..whatif.moves import applied, move_of
from ..whatif.telling import named_in
from ..works.paying import money_told
from .inputs import ARRIVALS, PEOPLE, WAIT, WAY, WORK
from .models import Sensitivity

BARS, HEAD = 14, 26
"""Of the picture: inputs at most, and the height of its head."""
Interval = Sequence[float | None]


@dataclass(frozen=True)
class Layout:
    """A picture's width, the height of an input, where nothing changes, how far bars reach; where labels stand."""

    name: str
    width: int
    row: int
    middle: int
    half: int
    label_x: int
    anchor: str
    above: int
    """By how much bars lie below the top of their input, to leave room for a label above them."""


LAYOUTS = (
    Layout("wide", 720, 30, 470, 200, 262, "end", 0),
    Layout("narrow", 340, 46, 170, 132, 4, "start", 16),
)
"""Beside the bars where there is room, above them on a phone."""


def scenario_in(row: Sensitivity) -> Scenario:
    """The scenario whose inputs were changed."""
    return applied(scenario_of(row.calibration.scenario), [move_of(each) for each in row.moves])


def tornados_of(row: Sensitivity) -> list[dict[str, Any]]:
    """Of time, and of cost (of work, where nobody said what an hour costs): the bars and the rows of the table."""
    scenario = scenario_in(row)
    named = named_in(row.process, row.calibration, scenario)
    is_priced = bool(row.figures["now"][1][0])

    def amount(value: float) -> str:
        return money_told(value, row.pay)

    second = (
        ("cost", _("Cost of a case"), 1, amount) if is_priced else ("work", _("Work on a case"), 2, _time)
    )
    return [
        _tornado(row, named, scenario, *each) for each in (("time", _("Mean cycle time"), 0, _time), second)
    ]


def _tornado(
    row: Sensitivity,
    named: Named,
    scenario: Scenario,
    name: str,
    title: str,
    place: int,
    said: Callable[[float], str],
) -> dict[str, Any]:
    inputs = sorted(row.figures["inputs"], key=lambda each: _strength(each, name), reverse=True)
    most = max((_reach(each, name) for each in inputs), default=0.0) or 1.0
    rows = [_row(each, name, said, label_of(each, named, scenario)) for each in inputs]
    shown = [each for each in inputs[:BARS] if _strength(each, name)]
    now = row.figures["now"][place][0]
    return {
        "key": name,
        "title": title,
        "now": "–" if now is None else said(now),  # noqa: RUF001
        "rows": rows,
        "least": "−" + said(most),  # noqa: RUF001
        "most": "+" + said(most),
        "pictures": [_picture(layout, shown, name, most, rows) for layout in LAYOUTS] if shown else [],
    }


def _picture(
    layout: Layout, shown: Sequence[Mapping[str, Any]], name: str, most: float, rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "name": layout.name,
        "width": layout.width,
        "height": HEAD + layout.row * len(shown) + 6,
        "middle": layout.middle,
        "left": layout.middle - layout.half,
        "right": layout.middle + layout.half,
        "label_x": layout.label_x,
        "anchor": layout.anchor,
        "bars": [_bar(layout, number, each, name, most, rows[number]) for number, each in enumerate(shown)],
    }


def label_of(told: Mapping[str, Any], named: Named, scenario: Scenario) -> str:
    """What is changed."""
    kind, keys = told["kind"], told["keys"]
    if kind == ARRIVALS:
        return _("How many cases come")
    if kind == WORK:
        return _("Work time of “%(step)s”") % {"step": named(STEP, keys[0])}
    if kind == PEOPLE:
        return _("People for “%(role)s”") % {"role": named(ROLE, keys[0])}
    if kind == WAIT:
        return _("Delay before “%(step)s”") % {"step": named(STEP, keys[0])}
    assert kind == WAY
    return _way(scenario, named, keys[0], keys[1])


def _way(scenario: Scenario, named: Named, source: str, target: str) -> str:
    """A way of a decision: from the step before it to the step behind, past delays."""
    kinds = {each.id: each.kind for each in scenario.steps}
    before = next((each.source for each in scenario.flows if each.target == source), source)
    if kinds[target] == "wait":
        target = next((each.target for each in scenario.flows if each.source == target), target)
    first = _("the begin") if kinds[before] == "start" else f"“{named(STEP, before)}”"
    second = _("the end") if kinds[target] == "end" else f"“{named(STEP, target)}”"
    return _("How often %(first)s is followed by %(second)s") % {"first": first, "second": second}


def _row(told: Mapping[str, Any], name: str, said: Callable[[float], str], label: str) -> dict[str, Any]:
    return {
        "label": label,
        "sides": [
            {
                "change": _change(told["kind"], side["change"]),
                "mean": _signed(side[name][0], said),
                "between": _("%(low)s to %(high)s")
                % {"low": _signed(side[name][1], said), "high": _signed(side[name][2], said)},
                "is_sure": _is_sure(side[name]),
            }
            if side
            else None
            for side in told["sides"]
        ],
    }


def _change(kind: str, change: float) -> str:
    sign = "−" if change < 0 else "+"  # noqa: RUF001
    if kind == PEOPLE:
        count = abs(int(change))
        told = {"sign": sign, "count": count}
        return ngettext("%(sign)s%(count)s person", "%(sign)s%(count)s people", count) % told
    return f"{sign}{100 * abs(change):.0f} %"


def _is_sure(interval: Interval) -> bool:
    _mean, low, high = interval
    return low is not None and high is not None and not low <= 0 <= high


def _signed(value: float | None, said: Callable[[float], str]) -> str:
    if value is None:
        return "–"  # noqa: RUF001
    words = said(abs(value))
    if not any(each in "123456789" for each in words):
        return "0"
    return ("−" if value < 0 else "+") + words  # noqa: RUF001


def _time(value: float) -> str:
    return span(value / SECOND)


def _strength(told: Mapping[str, Any], name: str) -> float:
    return max(abs(float(side[name][0] or 0.0)) for side in told["sides"] if side)


def _reach(told: Mapping[str, Any], name: str) -> float:
    return max(abs(float(each or 0.0)) for side in told["sides"] if side for each in side[name])


def _bar(
    layout: Layout, number: int, told: Mapping[str, Any], name: str, most: float, row: Mapping[str, Any]
) -> dict[str, Any]:
    top, middle, half = HEAD + number * layout.row + layout.above, layout.middle, layout.half
    sides = []
    for place, side in enumerate(told["sides"]):
        if side is None or side[name][0] is None:
            continue
        x = middle + half * side[name][0] / most
        low, high = (
            middle + half * (each if each is not None else side[name][0]) / most for each in side[name][1:]
        )
        sides.append(
            {
                "is_more": place == 1,
                "x": f"{min(x, middle):.1f}",
                "y": top + 3 + place * 11,
                "width": f"{abs(x - middle):.1f}",
                "low": f"{low:.1f}",
                "high": f"{high:.1f}",
                "middle": top + 8.5 + place * 11,
                "words": f"{row['sides'][place]['change']}: {row['sides'][place]['mean']}",
            }
        )
    return {"label": row["label"], "y": top + (-4 if layout.above else 18), "sides": sides}
