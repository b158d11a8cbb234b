"""Calibrations in the worker: the log is read, the structure chosen, the model checked."""

from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import NotFound
from kinflow.records.long_work import works

from ...columns import EventColumns
from ...definitions.numbers import ends_of
from ...definitions.reading import columns_by_id
from ...diagnosis.staff import usual_calendar
from ..whatif.trying import tried
from .actions import JOB, fail_calibration, finish_calibration
from .checking import SHARE, TIMES, Check, checked
from .choosing import TRIALS, Choice, chosen
from .facts import facts_of
from .holidays import Planned, planned_days
from .knowing import known_by
from .models import Calibration
from .periods import foretold, parts_of, real_part
from .playing import player
from .replaying import as_they_came, demand_of, fit_of
from .scenarios import TooLittle, calibrated
from .showing import FAULTS
from .working import Work, without_people
from .written import told_check, told_scenario

READ, CHOSEN, CHECKED = 0.1, 0.5, 0.7
"""The share done when the log is read, the structure chosen, and the model checked; the rest tries what is suggested."""
STAGES = {
    "structure": _("The structure is chosen"),
    "check": _("Checked in %(done)s of %(total)s plays"),
    "trials": _("What the findings suggest is tried"),
}


def _found(row: Calibration, told: works.Told) -> dict[str, Any] | None:
    """What a calibration keeps; None where it was told to stop."""
    process = row.process
    columns = columns_by_id(process)
    calendar = usual_calendar(columns) if process.case_kind else None
    zone = calendar.zone.key if calendar else settings.TIME_ZONE
    ended = ends_of(process, columns).ended if process.ends else None
    if not told(READ, "structure"):
        return None
    planned = planned_days(calendar, columns, zone)
    whole = calibrated(columns, zone, ended=ended, planned=planned)
    found = _checked(columns, zone, ended, whole.work, told, planned)
    if found is None:
        return None
    choice, check = found
    if choice.structure != whole.structure:
        whole = calibrated(columns, zone, ended=ended, structure=choice.structure, planned=planned)
    trials = tried(process, whole.scenario, lambda done: told(CHECKED + (1 - CHECKED) * done, "trials"))
    if trials is None:
        return None
    return {
        "scenario": told_scenario(whole.scenario),
        "facts": facts_of(whole, choice) | {"trials": trials},
        "holdout": told_check(check),
    }


def _checked(
    columns: EventColumns,
    zone: str,
    ended: NDArray[np.bool_] | None,
    work: Work,
    told: works.Told,
    planned: Planned = Planned(),
) -> tuple[Choice, Check] | None:
    """The structure, chosen within the earlier part, and how the model made of that part foretells the later one."""
    parts = parts_of(work, SHARE, ended)
    step = (CHOSEN - READ) / TRIALS
    choice = chosen(
        columns,
        zone,
        until=parts.split,
        ended=ended,
        told=lambda tried: told(READ + step * tried, "structure"),
        planned=planned,
    )
    if choice is None:
        return None
    try:
        earlier = calibrated(
            columns, zone, until=parts.split, ended=ended, structure=choice.structure, planned=planned
        )
    except TooLittle:
        return choice, Check("bad", ("few_cases",))
    shown = work if choice.structure.people or not work.is_single else without_people(work)
    later = foretold(earlier, parts)
    over = None if ended is None else known_by(columns, zone, parts.split, ended)[1]
    check = checked(
        real_part(shown, earlier.scenario.begins, parts.split, ended),
        real_part(shown, parts.split, parts.followed, ended),
        as_they_came(later, shown),
        player(earlier, parts),
        lambda done: told(CHOSEN + (CHECKED - CHOSEN) * done / TIMES, "check", done, TIMES),
        fit=fit_of(earlier, over),
        demand=demand_of(later, shown, parts),
    )
    return None if check is None else (choice, check)


WORK = works.Work(
    JOB,
    Calibration,
    does=_found,
    finish=lambda row, found: finish_calibration(calibration=row, **found, by=SYSTEM),
    fail=lambda row, fault: fail_calibration(calibration=row, fault=fault, by=SYSTEM),
    faults={NotFound: "gone", TooLittle: "too_little"},
    fault_words=FAULTS,
    stage_words=STAGES,
    related=("process",),
)
