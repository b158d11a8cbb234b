"""The columns of the function table: units, perhaps put together on a level of the chart, or positions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ...columns.events import NOBODY, Codes
from ..logs import Log
from ..paper import Paper


@dataclass(frozen=True)
class Group:
    """A column: a unit or a position. `units` are the names that its units have in logs."""

    key: str
    name: str
    above: str = ""
    units: list[str] = field(default_factory=list)


class Groups:
    """Columns as they come up in logs. `by_position` tells positions apart, else units; `depth` is the level of the
    chart on which units are put together (0: none are).
    """

    def __init__(self, paper: Paper, *, by_position: bool = False, depth: int = 0) -> None:
        self.paper, self.by_position, self.depth = paper, by_position, depth
        self.found: dict[str, Group] = {}
        self._places: dict[str, int] = {}

    def table(self, log: Log, names: Sequence[str]) -> Codes:
        """The group of each of the log's units (of its resources where positions are told apart), and -1 behind them
        for none.

        `names` are the log's units as their reader sees them.
        """
        if self.by_position:
            groups = [self.of_person(each) if log.is_ours else NOBODY for each in log.columns.resources]
        else:
            ids = log.columns.units if log.is_ours else [""] * len(names)
            groups = [self.of_unit(pk, name) for pk, name in zip(ids, names, strict=True)]
        return np.array([*groups, NOBODY], np.int32)

    def of_person(self, pk: str) -> int:
        """The group that somebody of the chart belongs to now."""
        person = self.paper.people.get(int(pk))
        if person is None:
            return NOBODY
        if not self.by_position:
            return self.of_unit(str(person.unit))
        return self._place(person.position, person.position) if person.position else NOBODY

    def of_unit(self, pk: str, name: str = "") -> int:
        """The group of a unit of the chart, or of one that only a log knows by its name."""
        unit = self.paper.units.get(int(pk)) if pk else None
        if unit is None:
            return self._place(f"log:{name}", name, unit=name) if name else NOBODY
        at = self.paper.units.get(unit.way[: self.depth or None][-1], unit)
        above = self.paper.units.get(at.way[1]) if len(at.way) > 2 else None
        return self._place(str(at.pk), at.name, above.name if above else "", name)

    def _place(self, key: str, name: str, above: str = "", unit: str = "") -> int:
        if key not in self.found:
            self.found[key] = Group(key, name, above)
            self._places[key] = len(self._places)
        units = self.found[key].units
        if unit and unit not in units:
            units.append(unit)
        return self._places[key]

    def order(self) -> list[int]:
        """The places of the groups as the chart has them; positions as it has those who hold them."""
        first = {str(pk): at for at, pk in enumerate(self.paper.order)}
        if self.by_position:
            first = self._first_holders(first)
        keys = list(self.found)
        return sorted(
            range(len(keys)), key=lambda at: (first.get(keys[at], len(first)), self.found[keys[at]].name)
        )

    def _first_holders(self, place: dict[str, int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for person in self.paper.people.values():
            at = place.get(str(person.unit), len(place))
            found[person.position] = min(at, found.get(person.position, at))
        return found


def event_groups(log: Log, table: Codes, *, by_position: bool) -> Codes:
    """The group of each event of a log."""
    groups: Codes = table[log.columns.resource if by_position else log.columns.unit]
    return groups
