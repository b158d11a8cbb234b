"""What-ifs in the workers: both sides are played with what people cost, by as many of them as it is worthwhile."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.records.long_work.blocks import first_result
from kinflow.records.long_work.sharing import Parts, shared
from kinflow.records.long_work.works import Told, Work

from ..calibrating.written import scenario_of
from ..works.keeping import kept_for
from ..works.paying import paid
from .actions import JOB, fail_what_if, finish_what_if
from .comparing import Pair
from .models import WhatIf
from .moves import applied, move_of
from .organising.telling import structures
from .telling import FAULTS

STAGES = {"plays": _("%(done)s of %(total)s plays")}


def _played(row: WhatIf, told: Told) -> dict[str, Any] | None:
    """The figures of both sides; None where it was told to stop, or others play the rest."""
    first = first_result(row)
    days = first["days"] if first else 0
    pair = kept_for(row, lambda: _pair(row, days), days)
    plays = shared(row, Parts(2 * row.times, pair.play, needs=lambda play: play % 2), told, "plays")
    if plays is None:
        return None
    return pair.figures(plays) | structures(row, pair.before, pair.after, pair.moves, plays)


def _pair(row: WhatIf, days: int) -> Pair:
    """Both sides, with what people cost when it began."""
    before = paid(scenario_of(row.calibration.scenario), row.pay)
    moves = [move_of(each) for each in row.moves]
    known = row.calibration.facts.get("cases", 0)
    return Pair(before, applied(before, moves), moves, days=days, known=known)


WORK = Work(
    JOB,
    WhatIf,
    does=_played,
    finish=lambda row, figures: finish_what_if(whatif=row, figures=figures, by=SYSTEM),
    fail=lambda row, fault: fail_what_if(whatif=row, fault=fault, by=SYSTEM),
    faults={Invalid: "unplayable"},
    fault_words=FAULTS,
    stage_words=STAGES,
    related=("process",),
    is_shared=True,
)
