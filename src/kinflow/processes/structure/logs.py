"""The logs that the organisation as it is gets read from: one process, or all of our own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound

from ..columns import EventColumns
from ..definitions.levels import on_level
from ..definitions.models import Process
from ..definitions.reading import columns_with_ids, refuse_strangers
from ..definitions.steps import steps_of
from ..studio.remembering import remembered
from ..studio.subject import process_at
from .paper import Paper


@dataclass(frozen=True)
class Log:
    """A process with its log on the level of steps, people and units by their ids where it is ours."""

    process: Process
    columns: EventColumns
    results: Mapping[str, int]
    """How often each step was done, told apart by what came of it."""

    @property
    def is_ours(self) -> bool:
        """Whether it is our own log, not that of another system."""
        return bool(self.process.case_kind)


def processes_for(by: Actor, *, only_ours: bool = True) -> list[Process]:
    """The processes in use that can be chosen. Raises Refused for who sees no processes."""
    refuse_strangers(by)
    rows = Process.objects.filter(is_active=True)
    return list(rows.exclude(case_kind="") if only_ours else rows)


def whole_of(processes: Sequence[Process]) -> list[Process]:
    """Those of our processes that together hold each case once: of those with the same kind of case the first without a
    condition, or, where there is none, all.
    """
    found: list[Process] = []
    for kind in dict.fromkeys(each.case_kind for each in processes if each.case_kind):
        alike = [each for each in processes if each.case_kind == kind]
        whole = [each for each in alike if not each.condition]
        found += whole[:1] or alike
    return found


def asked_process(request: HttpRequest, by: Actor) -> str:
    """The process of ours that the address asks for; "" for all."""
    key = request.GET.get("process", "")
    return key if any(each.key == key for each in processes_for(by)) else ""


def logs_of(key: str, by: Actor) -> list[Log]:
    """The log of the process of this key or number; without one, of all our own. Raises Refused, Http404."""
    refuse_strangers(by)
    chosen = [process_at(key)] if key else whole_of(processes_for(by))
    return [found for process in chosen if (found := _log_of(process, by)) is not None]


def _log_of(process: Process, by: Actor) -> Log | None:
    try:
        details = columns_with_ids(process, by, level="details")
    except NotFound:
        return None
    often = np.bincount(details.activity, minlength=len(details.activities)).tolist()
    results = {key: times for key, times in zip(details.activities, often, strict=True) if times}
    if not process.case_kind:
        return Log(process, details, results)
    steps = steps_of(process.steps)
    columns = remembered(details, ("by steps", process.version), lambda: on_level(details, steps, "steps"))
    return Log(process, columns, results)


def unit_names(log: Log, paper: Paper) -> list[str]:
    """The units of a log as its pages name them: by their names, with the id beside where several are called so."""
    if not log.is_ours:
        return list(log.columns.units)
    known = [paper.units.get(int(pk)) for pk in log.columns.units]
    often = Counter(unit.name for unit in known if unit is not None)
    return [
        f"#{pk}" if unit is None else unit.name if often[unit.name] == 1 else f"{unit.name} #{pk}"
        for pk, unit in zip(log.columns.units, known, strict=True)
    ]
