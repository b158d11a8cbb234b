"""What-ifs in the worker: played from beginning to end, and again where a worker died."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.organisation.models import Person
from kinflow.records.alone import WHAT_IFS, alone_at, nobody_at
from kinflow.records.jobs import defer, is_stopping, job, look_after

from ...definitions.goals import rates_of
from ...definitions.models import Process
from ..calibrating.models import WAITING
from ..calibrating.written import scenario_of
from ..scenario import Scenario
from .actions import JOB, fail_what_if, finish_what_if
from .comparing import compared
from .models import WhatIf, WhatIfProgress
from .moves import applied, move_of


@job(JOB)
def run_in_background(*, what_if: int) -> None:
    """Take a what-if to its end, unless another worker is at it or somebody cancelled it."""
    found = WhatIf.objects.filter(pk=what_if, state=WAITING).first()
    if found is not None:
        run_what_if(found)


@look_after
def take_up_left_over() -> None:
    """Begin what-ifs anew that nobody runs; a double job does nothing."""
    for pk in WhatIf.objects.filter(state=WAITING).values_list("pk", flat=True):
        if nobody_at(WHAT_IFS, pk):
            defer(JOB, what_if=pk)


def run_what_if(row: WhatIf, *, stop: Callable[[], bool] = is_stopping) -> None:
    """Play both sides, and keep the figures."""
    with alone_at(WHAT_IFS, row.pk) as is_ours:
        found = WhatIf.objects.select_related("process", "calibration").filter(pk=row.pk).first()
        if not is_ours or found is None or not found.is_running:
            return

        def told(plays: int) -> bool:
            return _told(found, 100 * plays // (2 * found.times)) and not stop()

        try:
            before = priced(scenario_of(found.calibration.scenario), found.process)
            after = applied(before, [move_of(each) for each in found.moves])
            figures = compared(before, after, found.times, told)
        except Invalid:
            fail_what_if(whatif=found, fault="unplayable", by=SYSTEM)
            return
        if figures is not None:
            finish_what_if(whatif=found, figures=figures, by=SYSTEM)


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


def _told(row: WhatIf, percent: int) -> bool:
    """Note how far it is; whether it is still wanted."""
    if not WhatIf.objects.filter(pk=row.pk, state=WAITING).exists():
        return False
    with transaction.atomic():
        WhatIfProgress.objects.update_or_create(what_if=row, defaults={"percent": percent})
    return True
