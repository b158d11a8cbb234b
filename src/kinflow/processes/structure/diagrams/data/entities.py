"""The structure of the data as values: entities with their fields, and the relations between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

End = Literal["one", "none_or_one", "many"]


@dataclass(frozen=True)
class Attribute:
    """A field. `type` says in words what it holds; `target` is the entity that it refers to; `filled` the share of rows
    in which it is filled, where that is known. `is_main` marks those that people see in lists.
    """

    name: str
    label: str
    type: str
    target: str = ""
    filled: float | None = None
    is_main: bool = False
    is_confidential: bool = False


@dataclass(frozen=True)
class Rows:
    """How many rows there are; `is_estimate` where the database has not counted them just now."""

    number: int
    is_estimate: bool


@dataclass(frozen=True)
class Entity:
    """A kind of record; `is_part` where it only belongs to another one and has no pages of its own."""

    key: str
    label: str
    area: str
    attributes: tuple[Attribute, ...] = ()
    rows: Rows | None = None
    url: str = ""
    is_part: bool = False

    @property
    def main(self) -> tuple[Attribute, ...]:
        """The fields that are drawn where not all are asked for."""
        return tuple(each for each in self.attributes if each.is_main)


@dataclass(frozen=True)
class Relation:
    """From each row of `source` to how many of `target` (`to`), and from each of `target` to how many of `source`
    (`back`); `label` is what the source calls it. `is_open` where the kind of target differs from row to row.
    """

    source: str
    target: str
    name: str
    label: str
    to: End
    back: End = "many"
    is_open: bool = False


@dataclass(frozen=True)
class Structure:
    """All of it; areas in the order in which they stand beside each other."""

    areas: tuple[tuple[str, str], ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]

    def entity(self, key: str) -> Entity:
        """The entity of this key."""
        return next(each for each in self.entities if each.key == key)


def part_of(whole: Structure, areas: Sequence[str], everywhere: Sequence[str]) -> Structure:
    """What lies in these areas (all where none is named) with what it refers to in others, drawn without fields there.

    Relations from other areas to entities named in `everywhere` are left out: nearly everything refers to them.
    """
    inside = {each.key for each in whole.entities if not areas or each.area in areas}
    area_of = {each.key: each.area for each in whole.entities}
    relations = tuple(
        each
        for each in whole.relations
        if each.source in inside
        and not (each.target in everywhere and area_of[each.source] != area_of[each.target])
    )
    shown = inside | {each.target for each in relations}
    entities = tuple(
        each if each.key in inside else replace(each, attributes=())
        for each in whole.entities
        if each.key in shown
    )
    there = {each.area for each in entities}
    return Structure(tuple(each for each in whole.areas if each[0] in there), entities, relations)
