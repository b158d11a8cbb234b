"""The organisation as a tree of values: who belongs where, how many lie below, how wide each lead's span is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..people.models import Person
from ..positions.models import Position
from ..positions.rules import vacancies
from .models import Unit
from .rules import depth_of


@dataclass(frozen=True)
class Drawn:
    """A person in the drawing."""

    pk: int
    name: str
    position: str
    is_lead: bool

    @property
    def mark(self) -> str:
        """What names the person in the drawing."""
        return f"person-{self.pk}"


@dataclass(frozen=True)
class Vacant:
    """Posts of a position that nobody holds."""

    pk: int
    name: str
    posts: int


@dataclass(frozen=True)
class Branch:
    """A unit with its people and what lies below it; `span` is how many report to its lead directly.

    `vacant` are its planned posts that nobody holds, `total_vacant` how many there are with all below.
    """

    unit: Unit
    people: Sequence[Person]
    branches: Sequence["Branch"]
    depth: int
    total: int
    layers: int
    span: int
    vacant: Sequence[Vacant] = ()
    total_vacant: int = 0

    @property
    def mark(self) -> str:
        """What names the unit in the drawing."""
        return f"unit-{self.unit.pk}"

    @property
    def staff(self) -> Sequence["Drawn"]:
        """The unit's own people as they are drawn, its lead first."""
        return [
            Drawn(p.pk, p.name, p.position.name if p.position else "", p.pk == self.unit.lead_id)
            for p in self.people
        ]

    @property
    def url(self) -> str:
        """The unit's page."""
        return f"/units/{self.unit.pk}/"

    @property
    def is_open(self) -> bool:
        """Whether it is drawn unfolded at first: the upper two levels are."""
        return self.depth <= 2


def forest(
    units: Iterable[Unit], people: Sequence[Person], positions: Iterable[Position] = ()
) -> tuple[Branch, ...]:
    """The trees of the given units, by name; a unit whose parent is not given is a root.

    `total` counts the people of the unit and of all below, `layers` the levels from the unit down.
    """
    units = sorted(units, key=lambda unit: (unit.name, unit.pk))
    known = {unit.pk for unit in units}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    staff: dict[int, list[Person]] = defaultdict(list)
    spans: Counter[int] = Counter()
    for person in people:
        staff[person.unit_id].append(person)
        if person.reports_to_id is not None:
            spans[person.reports_to_id] += 1
    vacant = _vacant(people, positions)
    return tuple(_branch(unit, below, staff, spans, vacant) for unit in below[None])


def _vacant(people: Iterable[Person], positions: Iterable[Position]) -> dict[int, list[Vacant]]:
    """By unit what is planned there and nobody holds, the highest level first."""
    holders = Counter(person.position_id for person in people)
    found: dict[int, list[Vacant]] = defaultdict(list)
    for each in sorted(positions, key=lambda position: (position.level, position.name)):
        if open_posts := vacancies(each.posts, holders[each.pk]):
            found[each.unit_id].append(Vacant(each.pk, each.name, open_posts))
    return found


def _branch(
    unit: Unit,
    below: Mapping[int | None, Sequence[Unit]],
    staff: Mapping[int, Sequence[Person]],
    spans: Mapping[int, int],
    vacant: Mapping[int, Sequence[Vacant]],
) -> Branch:
    branches = tuple(_branch(each, below, staff, spans, vacant) for each in below.get(unit.pk, ()))
    people = sorted(staff.get(unit.pk, ()), key=lambda p: (p.pk != unit.lead_id, -p.seniority, p.pk))
    return Branch(
        unit,
        people,
        branches,
        depth_of(unit.path),
        len(people) + sum(each.total for each in branches),
        1 + max((each.layers for each in branches), default=0),
        spans.get(unit.lead_id, 0) if unit.lead_id is not None else 0,
        vacant.get(unit.pk, ()),
        sum(each.posts for each in vacant.get(unit.pk, ())) + sum(each.total_vacant for each in branches),
    )


def flat(branches: Iterable[Branch]) -> Iterator[Branch]:
    """All branches in the order of the drawing."""
    for each in branches:
        yield each
        yield from flat(each.branches)
