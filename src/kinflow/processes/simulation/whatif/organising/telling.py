"""The structure before and after a what-if: counted by the worker, told and drawn for who reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import SYSTEM, Actor

from ....definitions.steps import steps_of
from ....structure.chart.pages import picture_of
from ....structure.deciding import decisions_in
from ....structure.logs import logs_of
from ....structure.paper import paper_for
from ...calibrating.written import scenario_of
from ...replications import figure
from ...scenario import Scenario
from ..comparing import as_told, difference
from ..kinds import Move
from ..models import WhatIf
from ..moves import move_of
from ..telling import between
from .figures import SIMULATED, handed_in, structure_of
from .moves import reorganised

LABELS: Mapping[str, Any] = {
    "people": gettext_lazy("People"),
    "units": gettext_lazy("Units with people"),
    "layers": gettext_lazy("Layers"),
    "managers": gettext_lazy("Managers"),
    "span": gettext_lazy("Direct reports per manager"),
    "handovers": gettext_lazy("Hand-offs between units in a case"),
    "lines": gettext_lazy("Lines of the chart that a hand-off crosses"),
    "decision_lines": gettext_lazy("Lines of the chart between the work and its decision"),
}


def structures(
    row: WhatIf,
    before: Scenario,
    after: Scenario,
    moves: Sequence[Move],
    plays: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The figures of the structure before and after, and the intervals of those that come of plays, the same chances on
    both sides; nothing for the log of another system. `plays` are as `Pair.play` tells them, all in their order."""
    if not row.process.case_kind:
        return {"structure": []}
    paper, decisions = paper_for(SYSTEM), _decisions(row)
    sides = [
        (chart, [handed_in(chart, each, play["passed"], decisions) for play in told if play["passed"]])
        for chart, each, told in (
            (paper, before, plays[::2]),
            (reorganised(paper, before, moves), after, plays[1::2]),
        )
    ]
    return {
        "structure": [asdict(structure_of(*side)) for side in sides],
        "structure_intervals": {
            name: _intervals(*([getattr(each, name) for each in plays] for _chart, plays in sides))
            for name in SIMULATED
        },
    }


def _intervals(before: list[float], after: list[float]) -> dict[str, list[float | None]]:
    """Mean, low and high of both sides and of the difference play by play."""
    told = {"before": figure(before), "after": figure(after), "difference": difference(before, after)}
    return {side: as_told(each) for side, each in told.items()}


def _decisions(row: WhatIf) -> set[str]:
    """The keys of the steps that decide."""
    return {
        key
        for log in logs_of(row.process.key, SYSTEM)
        for key in decisions_in(log.results, steps_of(row.process.steps))
    }


def structure_rows(row: WhatIf) -> list[dict[str, Any]]:
    """The figures in the reader's words; none for a what-if without them."""
    sides = row.figures.get("structure")
    if not sides:
        return []
    intervals = row.figures.get("structure_intervals", {})
    return [
        {
            "label": str(label),
            **{side: {"mean": _number(told[name])} for side, told in zip(SIDES, sides, strict=True)},
            **{
                side: between(values, "", signed=side not in SIDES)
                for side, values in intervals.get(name, {}).items()
                if values[1] is not None
            },
        }
        for name, label in LABELS.items()
    ]


SIDES = ("before", "after")


def _number(value: float | None) -> str:
    if value is None:
        return _("cannot be told")
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def pictures_of(row: WhatIf, by: Actor) -> list[str]:
    """The chart as the reader may see it, as it is and after the moves; the second only where they change it."""
    paper = paper_for(by)
    moves = [move_of(each) for each in row.moves]
    changed = reorganised(paper, scenario_of(row.calibration.scenario), moves)
    return [picture_of(each) for each in ((paper,) if changed.state == paper.state else (paper, changed))]
