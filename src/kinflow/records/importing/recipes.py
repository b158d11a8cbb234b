"""How the columns of one file become values: made once from the mapping, used for every chunk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from .cells import text, told
from .kinds import Row
from .mapping import Mapping
from .tables import Cell, Chunk, Rejected
from .targets import Target
from .values import Reader, reader_for


@dataclass(frozen=True)
class Step:
    """One column that becomes a field."""

    header: str
    position: int
    target: Target
    reader: Reader


class Recipe:
    """Reads rows as a mapping says."""

    def __init__(
        self,
        mapping: Mapping,
        targets: Sequence[Target],
        samples: Sequence[Sequence[Cell]],
        *,
        zone: tzinfo = UTC,
        noted: frozenset[str] = frozenset(),
    ) -> None:
        known = {target.name: target for target in targets}
        self.headers = [one.header for one in mapping.guesses]
        in_notes = [at for name, places in mapping.columns.items() if name in noted for at in places]
        self.kept = sorted([*mapping.kept, *in_notes])
        self.steps = [
            Step(self.headers[at], at, known[name], reader_for(known[name], samples[at], zone=zone))
            for name, places in mapping.columns.items()
            if name not in noted
            for at in places
        ]

    def rows(self, chunk: Chunk) -> tuple[list[Row], list[Rejected]]:
        """The rows of a chunk that can be read, and the others with the reasons."""
        rows = [Row(number, {}, [], cells) for number, cells in zip(chunk.numbers, chunk.rows, strict=True)]
        faults: dict[int, list[str]] = {}
        columns = list(zip(*chunk.rows, strict=True)) if rows else []
        for step in self.steps if rows else ():
            self._fill(rows, columns[step.position], step, faults)
        for position in self.kept if rows else ():
            _keep(rows, columns[position], self.headers[position])
        refused = [
            Rejected(rows[at].number, rows[at].cells, "; ".join(told_why)) for at, told_why in faults.items()
        ]
        taken = [row for at, row in enumerate(rows) if at not in faults] if faults else rows
        return taken, sorted([*chunk.rejected, *refused], key=lambda one: one.number)

    def _fill(
        self, rows: Sequence[Row], cells: Sequence[Cell], step: Step, faults: dict[int, list[str]]
    ) -> None:
        column, name, many = step.reader.column(cells), step.target.name, step.target.many
        for row, value in zip(rows, column.values, strict=True):
            if value is None:
                continue
            if many and name in row.values:
                row.values[name] = _joined(row.values[name], value)
            else:
                row.values[name] = value
        for at, reason in column.faults.items():
            faults.setdefault(at, []).append(f"{step.header}: {reason}")
        for at in column.doubts:
            rows[at].notes.append(f"{step.header}: {text(cells[at])}")


def _joined(first: Any, then: Any) -> Any:
    """The values of two columns that become one field."""
    if isinstance(first, tuple):
        return tuple(dict.fromkeys((*first, *then)))
    return f"{first}\n{then}"


def _keep(rows: Sequence[Row], cells: Sequence[Cell], header: str) -> None:
    for row, cell in zip(rows, cells, strict=True):
        if cell == "":
            continue
        try:
            found = told(cell)
        except ValueError:
            found = text(cell)
        if found:
            row.notes.append(f"{header}: {found}")
