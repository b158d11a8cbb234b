"""A parsed expression: a frozen tree of values, names and calls, each with its place in the text and its sort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from ..fields import Field, Kind, Step, Vocabulary


class Sort(StrEnum):
    """What sort of value a part has; `ANY` where only the event that comes will tell."""

    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    YES_NO = "yes_no"
    DATE = "date"
    MOMENT = "moment"
    LENGTH = "length"
    LIST = "list"
    RECORD = "record"
    NOTHING = "nothing"
    ANY = "any"


SORT_OF: dict[Kind, Sort] = {
    Kind.TEXT: Sort.TEXT,
    Kind.LONG_TEXT: Sort.TEXT,
    Kind.IDENTIFIER: Sort.TEXT,
    Kind.CHOICE: Sort.TEXT,
    Kind.INTEGER: Sort.NUMBER,
    Kind.DECIMAL: Sort.NUMBER,
    Kind.MONEY: Sort.MONEY,
    Kind.BOOLEAN: Sort.YES_NO,
    Kind.DATE: Sort.DATE,
    Kind.YEARLY: Sort.TEXT,
    Kind.MOMENT: Sort.MOMENT,
    Kind.RELATION: Sort.RECORD,
    Kind.TEXT_LIST: Sort.LIST,
    Kind.CHOICE_LIST: Sort.LIST,
}


@dataclass(frozen=True)
class Length:
    """A length of time: so many days, weeks, months, years, hours, minutes or working days."""

    amount: int
    unit: str


@dataclass(frozen=True)
class Literal:
    """A value that stands in the text."""

    value: Any
    sort: Sort
    position: int


@dataclass(frozen=True)
class Name:
    """A name: `today`, `now`, or a dotted path below `record`, `event` or `rule`.

    `steps` are the hops of a path below `record`; `parts` the names below the others.
    """

    root: str
    parts: tuple[str, ...]
    sort: Sort
    position: int
    steps: tuple[Step, ...] = field(default=(), compare=False, repr=False)

    @property
    def field(self) -> Field | None:
        """The field of a record type that the path ends at."""
        return self.steps[-1].field if self.steps else None


@dataclass(frozen=True)
class Call:
    """An operator or a function with what it is given."""

    name: str
    given: tuple["Node", ...]
    sort: Sort
    position: int


Node: TypeAlias = Literal | Name | Call


@dataclass(frozen=True)
class Expression:
    """A checked expression over records of one type, as it was written and as it is worked out."""

    source: str
    type_name: str
    node: Node = field(compare=False, repr=False)
    vocabulary: Vocabulary = field(compare=False, repr=False)

    @property
    def sort(self) -> Sort:
        """What sort of value comes out."""
        return self.node.sort


@dataclass(frozen=True)
class Text:
    """A text with expressions in it, as a list of plain pieces and expressions."""

    source: str
    parts: tuple[str | Expression, ...]


def nodes_of(node: Node) -> "list[Node]":
    """The node and all below it."""
    found, open_ones = [], [node]
    while open_ones:
        found.append(node := open_ones.pop())
        if isinstance(node, Call):
            open_ones.extend(node.given)
    return found


Event: TypeAlias = Mapping[str, Any]
