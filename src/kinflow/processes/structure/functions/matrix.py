"""The function table put together from logs: rows are functions, columns are units or positions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...columns.events import Codes
from ...definitions.labels import labels_of
from ...definitions.steps import phase_key, steps_of
from ...studio.remembering import remembered
from ..deciding import decisions_in, requests_in
from ..logs import Log, unit_names
from ..paper import Paper
from .grouping import Group, Groups, event_groups
from .notices import Notices, notices_of
from .table import Counts, Whole, count_functions, gathered

USUAL_LEAST = 0.05
Told = dict[tuple[str, int], int]
"""Times by step and group."""


@dataclass(frozen=True)
class Asked:
    """How the table is looked at. `depth` is the level of the chart on which units are put together (0: none are),
    `least` the share of a function's times below which a cell stays empty.
    """

    by_position: bool = False
    depth: int = 0
    by_phase: bool = False
    least: float = USUAL_LEAST


@dataclass(frozen=True)
class Function:
    """A row: a step or phase of a process, how often it was done, how often by nobody known, whether something is
    decided.
    """

    process: str
    process_key: str
    key: str
    label: str
    times: int
    by_nobody: int
    is_decision: bool


@dataclass(frozen=True)
class Cell:
    """How often a group does a function, decides in it, is asked, is told; 0 where it is less than the least share."""

    does: int
    decides: int
    asked: int
    told: int


@dataclass(frozen=True)
class Table:
    """The function table; cells by the places of function and group, only those with something in them."""

    groups: Sequence[Group]
    functions: Sequence[Function]
    cells: Mapping[tuple[int, int], Cell]


def table_of(logs: Sequence[Log], paper: Paper, asked: Asked) -> Table:
    """The table of these logs: functions by process, the most frequent first; groups in the order of the chart."""
    groups = Groups(paper, by_position=asked.by_position, depth=asked.depth)
    tables = [groups.table(log, unit_names(log, paper)) for log in logs]
    notices = [_in_groups(notices_of(log.process) if log.is_ours else Notices(), groups) for log in logs]
    functions: list[Function] = []
    cells: dict[tuple[int, int], Cell] = {}
    for log, table, told in zip(logs, tables, notices, strict=True):
        counts, keys = _rows(log, table, len(groups.found), told, asked)
        labels = labels_of(log.process, keys) if log.is_ours else {}
        for row in np.argsort(-counts.times, kind="stable").tolist():
            cells |= {(len(functions), at): cell for at, cell in _cells(counts, row, asked.least).items()}
            functions.append(_function(log, counts, row, keys[row], labels.get(keys[row], keys[row])))
    return _in_order(groups, functions, cells)


def _in_groups(notices: Notices, groups: Groups) -> tuple[Told, Told]:
    """Who was called by name and who was told otherwise, by step and group."""
    found: tuple[Told, Told] = ({}, {})
    for sums, counted in zip(found, (notices.called, notices.told), strict=True):
        for (step, person), times in counted.items():
            if (group := groups.of_person(person)) >= 0:
                sums[step, group] = sums.get((step, group), 0) + times
    return found


def _rows(
    log: Log, table: Codes, count: int, notices: tuple[Told, Told], asked: Asked
) -> tuple[Counts, list[str]]:
    """The counts of a log's functions, and the key of each."""
    columns, steps = log.columns, steps_of(log.process.steps)

    def make() -> Counts:
        group = event_groups(log, table, by_position=asked.by_position)
        decisions = decisions_in(log.results, steps)
        return count_functions(columns, group, count, requests=requests_in(steps), decisions=decisions)

    key = ("functions", log.process.version, asked.by_position, count, tuple(table.tolist()))
    counts = remembered(columns, key, make)
    names = [columns.activities[step] for step in counts.steps.tolist()]
    called, told = (_matrix(each, names, count) for each in notices)
    counts = replace(
        counts, asked=_at_least(counts, counts.asked, called), told=_at_least(counts, counts.told, told)
    )
    if not (asked.by_phase and log.is_ours):
        return counts, names
    phases = [phase_key(steps, name) for name in names]
    known = list(dict.fromkeys(phases))
    return gathered(counts, np.array([known.index(each) for each in phases], np.int32), len(known)), known


def _at_least(counts: Counts, seen: Whole, noticed: Whole) -> Whole:
    """How often by what was seen in cases or by notices; both may tell of the same time, and a notice of one to
    several.
    """
    found: Whole = np.minimum(np.maximum(seen, noticed), counts.times[:, None])
    return found


def _matrix(told: Told, names: Sequence[str], groups: int) -> Whole:
    found = np.zeros((len(names), groups), np.int64)
    row = {name: at for at, name in enumerate(names)}
    for (step, group), times in told.items():
        if step in row:
            found[row[step], group] += times
    return found


def _cells(counts: Counts, row: int, least: float) -> dict[int, Cell]:
    """The cells of a row in which something reaches the least share of its times."""
    bound = max(least * int(counts.times[row]), 1)
    parts = [
        np.where(numbers[row] >= bound, numbers[row], 0)
        for numbers in (counts.does, counts.decides, counts.asked, counts.told)
    ]
    return {at: Cell(*(int(part[at]) for part in parts)) for at in np.flatnonzero(sum(parts)).tolist()}


def _function(log: Log, counts: Counts, row: int, key: str, label: str) -> Function:
    times = int(counts.times[row])
    return Function(
        log.process.called,
        log.process.key,
        key,
        label,
        times,
        times - int(counts.does[row].sum()),
        bool(counts.decides[row].any()),
    )


def _in_order(groups: Groups, functions: Sequence[Function], cells: Mapping[tuple[int, int], Cell]) -> Table:
    """The table with its groups in order, without those that have nothing to do with any function."""
    used = {group for _function, group in cells}
    order = [at for at in groups.order() if at in used]
    place = {at: new for new, at in enumerate(order)}
    known = list(groups.found.values())
    return Table(
        [known[at] for at in order],
        functions,
        {(function, place[group]): cell for (function, group), cell in cells.items()},
    )
