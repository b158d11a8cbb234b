"""A decision table and what it decides: hit policies as DMN 1.3 has them; no Django."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .cells import Cell, Value

UNIQUE, FIRST, ANY, PRIORITY, COLLECT = "unique", "first", "any", "priority", "collect"
HITS = (UNIQUE, FIRST, ANY, PRIORITY, COLLECT)
SUM, LEAST, MOST, COUNT = "sum", "min", "max", "count"
COLLECTS = ("", SUM, LEAST, MOST, COUNT)


class Clash(ValueError):
    """More rows hold than the hit policy allows; `rows` are their places, from 0."""

    def __init__(self, rows: tuple[int, ...]) -> None:
        super().__init__(f"rows {rows}")
        self.rows = rows


@dataclass(frozen=True)
class Input:
    """What one column of conditions is about.

    `expression` gives its value; `allowed` are the values that can come, `choices` those of a field that has choices;
    `whole` says that numbers have no fractions; `usual` is what it is called without a label.
    """

    expression: str
    sort: str
    label: str = ""
    label_zh: str = ""
    allowed: Cell = field(default_factory=Cell)
    choices: tuple[str, ...] = ()
    whole: bool = False
    usual: Any = ""


@dataclass(frozen=True)
class Output:
    """One thing that is decided; `values` are those that may come out, the most important first."""

    name: str
    sort: str
    label: str = ""
    label_zh: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row: a cell for each input, and for each output a value, or how to work it out."""

    when: tuple[Cell, ...]
    then: tuple[Any, ...]
    note: str = ""

    def holds(self, values: Sequence[Value]) -> bool:
        """Whether all its cells hold."""
        return all(cell.holds(value) for cell, value in zip(self.when, values, strict=True))


@dataclass(frozen=True)
class Table:
    """Inputs, outputs and rows in their order."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    hit: str = UNIQUE
    collect: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came out: by output its value (a list where all are collected), and the rows that led to it, from 0."""

    rows: tuple[int, ...]
    outputs: Mapping[str, Any]


def decide(
    table: Table, values: Sequence[Value], worked_out: Callable[[Any], Any] = lambda value: value
) -> Verdict | None:
    """What the table says for the values of its inputs; None where no row holds (a count is 0 then).

    `worked_out` makes a row's output its value. Raises Clash where more rows hold than the policy allows.
    """
    hits = tuple(at for at, row in enumerate(table.rows) if row.holds(values))
    if table.hit == COLLECT:
        return _collected(table, hits, worked_out)
    if not hits:
        return None
    if table.hit == FIRST:
        hits = hits[:1]
    elif table.hit == UNIQUE and len(hits) > 1:
        raise Clash(hits)
    found = [tuple(worked_out(each) for each in table.rows[at].then) for at in hits]
    if table.hit == ANY and any(each != found[0] for each in found):
        raise Clash(hits)
    if table.hit == PRIORITY:
        best = min(range(len(hits)), key=lambda at: _rank(table, found[at]))
        hits, found = (hits[best],), [found[best]]
    return Verdict(hits, _named(table, found[0]))


def _named(table: Table, values: Sequence[Any]) -> dict[str, Any]:
    return {output.name: value for output, value in zip(table.outputs, values, strict=True)}


def _rank(table: Table, values: Sequence[Any]) -> tuple[int, ...]:
    """How far in front the values stand among those that their outputs name."""
    return tuple(
        output.values.index(str(value)) if str(value) in output.values else len(output.values)
        for output, value in zip(table.outputs, values, strict=True)
    )


def _collected(table: Table, hits: tuple[int, ...], worked_out: Callable[[Any], Any]) -> Verdict | None:
    found = [tuple(worked_out(each) for each in table.rows[at].then) for at in hits]
    if table.collect == COUNT:
        return Verdict(hits, {table.outputs[0].name: Decimal(len(set(found)))})
    if not hits:
        return None
    if not table.collect:
        names = [output.name for output in table.outputs]
        return Verdict(hits, {name: [each[at] for each in found] for at, name in enumerate(names)})
    numbers = [each[0] for each in found if isinstance(each[0], Decimal)]
    if not numbers:
        return None
    worth = {SUM: sum(numbers), LEAST: min(numbers), MOST: max(numbers)}[table.collect]
    return Verdict(hits, {table.outputs[0].name: worth})
