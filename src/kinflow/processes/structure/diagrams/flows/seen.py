"""What the diagram shows of the log that was asked for: functions, the matrix, where data comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.records.faces import registry

from ....definitions.models import Process
from ....definitions.steps import fields_of, steps_of
from ...logs import processes_for, whole_of
from ...tabs import ROOT
from ..data.reading import kinds_of_records
from ..data.words import PARTS
from ..units import Width
from .deeds import Read, read_deeds
from .functions import Function, Functions, by_process, by_unit, source_of, subject_of, units_of
from .using import Matrix, matrix_of, sources_of, totals_of, without_rare

Rows = Literal["phases", "steps", "departments", "units"]
ROWS: tuple[Rows, ...] = ("phases", "steps", "departments", "units")
LEAST = 0.01
"""What a function does in less than this share of its entries is not drawn; the table has it."""
PLACE = f"{ROOT}data-flow"


@dataclass(frozen=True)
class Wanted:
    """What a function is, and of which process; all our own where it is None."""

    rows: Rows
    process: Process | None
    choices: Sequence[Process]

    @property
    def by_units(self) -> bool:
        """Whether functions are units."""
        return self.rows in ("departments", "units")

    def query(self, **other: str) -> str:
        """The query that asks for the same, perhaps otherwise."""
        key = self.process.key if self.process else ""
        pairs = {"rows": self.rows, "process": "" if self.by_units else key} | other
        return "?" + urlencode([pair for pair in pairs.items() if pair[1]])


@dataclass(frozen=True)
class Seen:
    """The functions in their order, the matrix over them, and what is called how."""

    functions: Sequence[Function]
    matrix: Matrix
    totals: Mapping[str, int]
    sources: Mapping[tuple[str, str], int]
    units: Mapping[str, str]
    kinds: Mapping[str, str]
    read: Read

    def drawable(self) -> Matrix:
        """The matrix without what is rare."""
        return without_rare(self.matrix, self.totals, LEAST)

    def function(self, key: str) -> Function | None:
        """The function of this key."""
        return next((each for each in self.functions if each.key == key), None)


def wanted(query: QueryDict, by: Actor) -> Wanted:
    """What the address asks for."""
    choices = whole_of(processes_for(by))
    process = next((each for each in choices if each.key == query.get("process")), None)
    usual: Rows = "steps" if process else "phases"
    rows = next((each for each in ROWS if each == query.get("rows")), usual)
    return Wanted(rows, process if rows in ("phases", "steps") else None, choices)


def seen(asked: Wanted) -> Seen:
    """The log as the diagram shows it, in the reader's language."""
    read = _read(asked.choices)
    functions = _functions(asked)
    kinds = _labels()
    matrix = matrix_of(read.deeds, functions.of, subject_of, read.making, kinds)
    totals = totals_of(read.deeds, functions.of)
    there = {kind for _function, kind in matrix}
    return Seen(
        functions.named({function for function, _kind in matrix}),
        matrix,
        totals,
        sources_of(read.deeds, functions.of, source_of),
        {} if asked.by_units else units_of(read.deeds, functions.of, "departments"),
        {key: label for key, label in kinds.items() if key in there},
        read,
    )


def _read(processes: Sequence[Process]) -> Read:
    fields = sorted({name for each in processes for name in fields_of(steps_of(each.steps))})
    return read_deeds(fields, sorted(kinds_of_records()), sorted({each.case_kind for each in processes}))


def _functions(asked: Wanted) -> Functions:
    if asked.by_units:
        width: Width = "units" if asked.rows == "units" else "departments"
        return by_unit(width)
    processes = [asked.process] if asked.process else asked.choices
    return by_process(processes, by_steps=asked.rows == "steps")


def _labels() -> dict[str, str]:
    """What the kinds of records are called, in the order of the data structure."""
    found = {}
    for key in kinds_of_records():
        face = registry.get(key)
        found[key] = str(face.plural if face else PARTS[key])
    return found


def title() -> str:
    """What the diagram is called."""
    return _("Data flow")
