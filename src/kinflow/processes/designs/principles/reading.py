"""The log behind a design, read for the principles: findings, hands, who enters facts, what comes from outside."""

from collections.abc import Sequence

import numpy as np

from kinflow.eventlog import Actor

from ...access import sees_processes
from ...columns import EventColumns
from ...definitions.models import Process
from ...definitions.reading import columns_by_id
from ...definitions.steps import fields_of, steps_of
from ...diagnosis.telling import ToldFinding, findings_of
from ...structure.diagrams.data.reading import kinds_of_records
from ...structure.diagrams.flows.deeds import Read, read_deeds
from ...structure.diagrams.flows.functions import by_unit, source_of, subject_of
from ...structure.diagrams.flows.using import matrix_of
from ...structure.logs import processes_for, whole_of
from ..models import ProcessDesign
from .logged import Figures, Found


def processes_of(design: ProcessDesign, by: Actor) -> list[Process]:
    """The processes whose cases are the records that the design is for; none for who sees no processes."""
    if not sees_processes(by):
        return []
    rows = Process.objects.filter(case_kind=design.kind, is_active=True)
    return list(rows.order_by("position", "pk"))


def told_by(process: Process, by: Actor) -> list[ToldFinding]:
    """The findings of the process's log that nobody dismissed."""
    return [each for each in findings_of(process, by) if each.dismissal is None]


def found_in(told: Sequence[ToldFinding]) -> list[Found]:
    """Findings as the rules want them."""
    return [Found(each.finding.kind, each.key, each.kept.case_count) for each in told]


def figures_of(process: Process, by: Actor) -> Figures:
    """What is counted in the process's log."""
    columns = columns_by_id(process)
    people, hand_overs = hands_in(columns)
    read = _deeds(by)
    ours = [each for each in read.deeds if process.case_kind in each.cases]
    matrix = matrix_of(ours, by_unit("departments").of, subject_of, read.making, [process.case_kind])
    return Figures(
        columns.cases,
        people,
        hand_overs,
        {unit: use.written for (unit, _kind), use in matrix.items() if not unit.startswith("/")},
        sum(each.times for each in ours if source_of(each)),
        sum(each.times for each in ours),
    )


def hands_in(columns: EventColumns) -> tuple[float | None, float | None]:
    """People of a case, and hand-overs between units, on average over the cases that people did anything in."""
    known = np.flatnonzero(columns.resource >= 0)
    cases = np.unique(columns.case[known])
    if not len(cases):
        return None, None
    pairs = np.unique(np.column_stack((columns.case[known], columns.resource[known])), axis=0)
    placed = np.flatnonzero(columns.unit >= 0)
    first, second = placed[:-1], placed[1:]
    moved = (columns.case[first] == columns.case[second]) & (columns.unit[first] != columns.unit[second])
    return len(pairs) / len(cases), int(moved.sum()) / len(cases)


def _deeds(by: Actor) -> Read:
    """The deeds of the log, read as for the diagram of data flows, so that they are read once for both."""
    processes = whole_of(processes_for(by))
    fields = sorted({name for each in processes for name in fields_of(steps_of(each.steps))})
    return read_deeds(fields, sorted(kinds_of_records()), sorted({each.case_kind for each in processes}))
