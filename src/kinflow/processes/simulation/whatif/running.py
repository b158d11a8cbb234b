"""What-ifs in the workers: both sides are played with what people cost, by as many of them as it is worthwhile."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.organisation.models import Person
from kinflow.records.long_work.blocks import first_result
from kinflow.records.long_work.sharing import Parts, shared
from kinflow.records.long_work.works import Told, Work

from ...definitions.goals import rates_of
from ...definitions.models import Process
from ..calibrating.written import scenario_of
from ..scenario import Scenario
from .actions import JOB, fail_what_if, finish_what_if
from .comparing import Pair
from .models import WhatIf
from .moves import applied, move_of
from .organising.telling import structures
from .telling import FAULTS

STAGES = {"plays": _("%(done)s of %(total)s plays")}


def _played(row: WhatIf, told: Told) -> dict[str, Any] | None:
    """The figures of both sides; None where it was told to stop, or others play the rest."""
    before = priced(scenario_of(row.calibration.scenario), row.process)
    moves = [move_of(each) for each in row.moves]
    after = applied(before, moves)
    first = first_result(row)
    pair = Pair(before, after, moves, days=first["days"] if first else 0)
    plays = shared(row, Parts(2 * row.times, pair.play, needs=lambda play: play % 2), told, "plays")
    if plays is None:
        return None
    return pair.figures(plays) | structures(row, before, after, moves, plays)


def priced(scenario: Scenario, process: Process) -> Scenario:
    """The scenario with what an hour of each person costs, where the process says so."""
    rates = rates_of(process.rates)
    ids = [int(each.name) for each in scenario.staff if each.name.isdecimal()] if process.case_kind else []
    levels = dict(Person.objects.filter(pk__among=ids).values_list("pk", "seniority")) if ids else {}
    staff = []
    for each in scenario.staff:
        rate = rates.of(levels.get(int(each.name))) if each.name.isdecimal() else rates.usual
        staff.append(replace(each, cost=rate or rates.usual or 0.0))
    return replace(scenario, staff=tuple(staff))


WORK = Work(
    JOB,
    WhatIf,
    does=_played,
    finish=lambda row, figures: finish_what_if(whatif=row, figures=figures, by=SYSTEM),
    fail=lambda row, fault: fail_what_if(whatif=row, fault=fault, by=SYSTEM),
    faults={Invalid: "unplayable"},
    fault_words=FAULTS,
    stage_words=STAGES,
    related=("process", "calibration"),
    is_shared=True,
)
