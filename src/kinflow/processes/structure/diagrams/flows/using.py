"""Who makes, uses, changes and removes what, counted: pure figures over deeds of the log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["C", "R", "U", "D"]
WAYS: tuple[Way, ...] = ("C", "R", "U", "D")
REMOVING = ("_removed", "_taken_back", "_erased")
"""How events are called that take a record away."""
HALF = 0.5


@dataclass
class Deed:
    """Entries of the log that are alike.

    `unit` is where whoever acted belongs, `cases` the kinds of cases that they are about, `values` what else tells steps
    apart; `times` how many entries, `mentions` how many records by kind and role, `changed` how often by field.
    """

    event: str
    actor: str
    unit: int | None
    cases: tuple[str, ...]
    values: Mapping[str, str]
    times: int = 0
    mentions: dict[tuple[str, str], int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)


@dataclass
class Use:
    """What one function does with one kind of record: how often in each way, by which events, with which fields."""

    ways: dict[Way, int] = field(default_factory=lambda: dict.fromkeys(WAYS, 0))
    events: dict[tuple[str, Way], int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)

    def add(self, event: str, way: Way, times: int, changed: Mapping[str, int]) -> None:
        """Count a deed more."""
        self.ways[way] += times
        self.events[event, way] = self.events.get((event, way), 0) + times
        for name, often in changed.items():
            self.fields[name] = self.fields.get(name, 0) + often

    @property
    def times(self) -> int:
        """How often in all."""
        return sum(self.ways.values())

    @property
    def letters(self) -> str:
        """The ways that occur, such as CRU."""
        return "".join(way for way in WAYS if self.ways[way])

    @property
    def written(self) -> int:
        """How often it is made, changed or removed."""
        return self.times - self.ways["R"]


Matrix = dict[tuple[str, str], Use]
"""By function and kind of record."""
Making = frozenset[tuple[str, str, str]]
"""Events with kind and role of the records that they make."""


def way_of(event: str, kind: str, role: str, subject: str, making: Making) -> Way:
    """What an event does with a record of this kind in this role. `subject` is the role of what the event is about.

    It makes the record where the log says that such events are the first of such records; it removes it where it is
    called so; it changes what it is about; whatever else takes part is used.
    """
    if (event, kind, role) in making:
        return "C"
    if role != subject:
        return "R"
    told = event.partition(".")[2]
    return "D" if told in {f"{kind}{end}" for end in REMOVING} else "U"


def making_of(counted: Iterable[tuple[str, str, str, int, int]]) -> Making:
    """What makes records: `counted` has event, kind, role, how often such an event was the first of a record, and how
    often it was in a record's history at all.
    """
    return frozenset(
        (event, kind, role) for event, kind, role, first, all_ in counted if first >= HALF * all_ > 0
    )


def matrix_of(
    deeds: Iterable[Deed],
    functions_of: Callable[[Deed], Sequence[str]],
    subject_of: Callable[[str], str],
    making: Making,
    kinds: Iterable[str],
) -> Matrix:
    """The matrix of functions and kinds of records."""
    shown = set(kinds)
    found: Matrix = {}
    for deed in deeds:
        functions = functions_of(deed)
        subject = subject_of(deed.event)
        for (kind, role), times in deed.mentions.items():
            if kind not in shown:
                continue
            way = way_of(deed.event, kind, role, subject, making)
            for function in functions:
                use = found.setdefault((function, kind), Use())
                use.add(deed.event, way, times, deed.changed if role == subject else {})
    return found


def sources_of(
    deeds: Iterable[Deed], functions_of: Callable[[Deed], Sequence[str]], source_of: Callable[[Deed], str]
) -> dict[tuple[str, str], int]:
    """How often functions were set off from outside, by source and function."""
    found: dict[tuple[str, str], int] = {}
    for deed in deeds:
        if source := source_of(deed):
            for function in functions_of(deed):
                found[source, function] = found.get((source, function), 0) + deed.times
    return found


def totals_of(deeds: Iterable[Deed], functions_of: Callable[[Deed], Sequence[str]]) -> dict[str, int]:
    """How much each function does: entries of the log."""
    found: dict[str, int] = {}
    for deed in deeds:
        for function in functions_of(deed):
            found[function] = found.get(function, 0) + deed.times
    return found


def without_rare(matrix: Matrix, totals: Mapping[str, int], least: float) -> Matrix:
    """The matrix without what a function does in less than this share of its entries."""
    return {key: use for key, use in matrix.items() if use.times >= least * totals.get(key[0], 0)}
