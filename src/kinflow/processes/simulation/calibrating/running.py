"""Calibrations in the worker: run from beginning to end, and again where a worker died."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from numpy.typing import NDArray

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import NotFound
from kinflow.records.alone import CALIBRATIONS, alone_at, nobody_at
from kinflow.records.jobs import defer, is_stopping, job, look_after

from ...columns import EventColumns
from ...definitions.models import Process
from ...definitions.numbers import ends_of
from ...definitions.reading import columns_by_id
from ...diagnosis.staff import usual_calendar
from .actions import JOB, fail_calibration, finish_calibration
from .checking import SHARE, TIMES, Check, checked
from .choosing import Choice, chosen
from .facts import facts_of
from .models import WAITING, Calibration, CalibrationProgress
from .periods import foretold, parts_of, real_part
from .playing import player
from .scenarios import TooLittle, calibrated
from .structure import STRUCTURES
from .working import Work, without_people
from .written import told_check, told_scenario

READ, CHOSEN = 10, 60
"""Per cent done when the log is read, and the structure chosen; the rest is the plays."""


@job(JOB)
def run_in_background(*, calibration: int) -> None:
    """Take a calibration to its end, unless another worker is at it or somebody cancelled it."""
    found = Calibration.objects.select_related("process").filter(pk=calibration, state=WAITING).first()
    if found is not None:
        run_calibration(found)


@look_after
def take_up_left_over() -> None:
    """Begin calibrations anew that nobody runs; a double job does nothing."""
    for pk in Calibration.objects.filter(state=WAITING).values_list("pk", flat=True):
        if nobody_at(CALIBRATIONS, pk):
            defer(JOB, calibration=pk)


def run_calibration(row: Calibration, *, stop: Callable[[], bool] = is_stopping) -> Calibration:
    """Calibrate, check, and keep what came of it; returns the calibration as it stands then."""
    with alone_at(CALIBRATIONS, row.pk) as is_ours:
        row = Calibration.objects.select_related("process").get(pk=row.pk)
        if not is_ours or not row.is_running:
            return row

        def told(percent: int) -> bool:
            return _told(row, percent) and not stop()

        try:
            found = _found(row.process, told)
        except NotFound:
            return fail_calibration(calibration=row, fault="gone", by=SYSTEM)
        except TooLittle:
            return fail_calibration(calibration=row, fault="too_little", by=SYSTEM)
        if found is None:
            return Calibration.objects.get(pk=row.pk)
        return finish_calibration(calibration=row, **found, by=SYSTEM)


def _found(process: Process, told: Callable[[int], bool]) -> dict[str, Any] | None:
    """What a calibration keeps; None where it was told to stop."""
    columns = columns_by_id(process)
    calendar = usual_calendar(columns) if process.case_kind else None
    zone = calendar.zone.key if calendar else settings.TIME_ZONE
    ended = ends_of(process, columns).ended
    if not told(READ):
        return None
    whole = calibrated(columns, zone, ended=ended)
    found = _checked(columns, zone, ended, whole.work, told)
    if found is None:
        return None
    choice, check = found
    if choice.structure != whole.structure:
        whole = calibrated(columns, zone, ended=ended, structure=choice.structure)
    return {
        "scenario": told_scenario(whole.scenario),
        "facts": facts_of(whole, choice),
        "holdout": told_check(check),
    }


def _checked(
    columns: EventColumns, zone: str, ended: NDArray[np.bool_], work: Work, told: Callable[[int], bool]
) -> tuple[Choice, Check] | None:
    """The structure, chosen within the earlier part, and how the model made of that part foretells the later one."""
    parts = parts_of(work, SHARE)
    step = (CHOSEN - READ) // len(STRUCTURES)
    choice = chosen(
        columns,
        zone,
        until=parts.split,
        ended=ended,
        told=lambda tried: told(READ + step * tried),
    )
    if choice is None:
        return None
    try:
        earlier = calibrated(columns, zone, until=parts.split, ended=ended, structure=choice.structure)
    except TooLittle:
        return choice, Check("bad", ("few_cases",))
    shown = work if choice.structure.people or not work.is_single else without_people(work)
    check = checked(
        real_part(shown, earlier.scenario.begins, parts.split, ended),
        real_part(shown, parts.split, parts.arrivals_end, ended),
        foretold(earlier, parts),
        player(earlier, parts),
        lambda done: told(CHOSEN + (99 - CHOSEN) * done // TIMES),
    )
    return None if check is None else (choice, check)


def _told(row: Calibration, percent: int) -> bool:
    """Note how far it is; whether it is still wanted."""
    with transaction.atomic():
        CalibrationProgress.objects.update_or_create(calibration=row, defaults={"percent": percent})
    return Calibration.objects.filter(pk=row.pk, state=WAITING).exists()
