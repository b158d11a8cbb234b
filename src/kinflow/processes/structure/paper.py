"""The organisation on paper, as values: units and people with the lines between them, read from the live tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.units.rules import ids_on
from kinflow.records.access import visible


@dataclass(frozen=True)
class PaperUnit:
    """A unit; `way` holds the ids from the root down to itself."""

    pk: int
    name: str
    way: tuple[int, ...]
    lead: int | None = None
    kind: str = ""
    is_closed: bool = False

    @property
    def parent(self) -> int | None:
        """The unit above."""
        return self.way[-2] if len(self.way) > 1 else None


@dataclass(frozen=True)
class PaperPerson:
    """Somebody; `told` is whom they report to by their own record. `is_here` is false for who has left."""

    pk: int
    name: str
    unit: int
    position: str = ""
    told: int | None = None
    is_here: bool = True


@dataclass(frozen=True)
class Paper:
    """The organisation as it is written down now, by ids. Who has left and closed units are there, since the log knows
    them.
    """

    units: Mapping[int, PaperUnit] = field(default_factory=dict)
    people: Mapping[int, PaperPerson] = field(default_factory=dict)

    @cached_property
    def state(self) -> int:
        """Another number for another organisation."""
        return hash((tuple(self.units.values()), tuple(self.people.values())))

    @cached_property
    def boss(self) -> Mapping[int, int]:
        """Whom everybody reports to: whom their record names, else whoever leads their unit or the next one above;
        nobody for who stands at the top. Who has left still has a lead, and leads nobody. A circle is cut where it
        closes.
        """
        found: dict[int, int] = {}
        for person in self.people.values():
            above = self._above(person)
            if above is not None and not _reaches(found, above, person.pk):
                found[person.pk] = above
        return found

    def _above(self, person: PaperPerson) -> int | None:
        if person.told is not None and self._is_here(person.told) and person.told != person.pk:
            return person.told
        unit = self.units.get(person.unit)
        for pk in reversed(unit.way if unit else ()):
            lead = self.units[pk].lead if pk in self.units else None
            if lead is not None and lead != person.pk and self._is_here(lead):
                return lead
        return None

    def _is_here(self, pk: int) -> bool:
        return pk in self.people and self.people[pk].is_here

    @cached_property
    def staff(self) -> Mapping[int, tuple[int, ...]]:
        """Who is here, by unit."""
        found: dict[int, list[int]] = {}
        for person in self.people.values():
            if person.is_here:
                found.setdefault(person.unit, []).append(person.pk)
        return {unit: tuple(pks) for unit, pks in found.items()}

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The open units as the chart has them: each before those below it, neighbours by name."""

        def place(unit: PaperUnit) -> tuple[tuple[str, int], ...]:
            return tuple((self.units[pk].name if pk in self.units else "", pk) for pk in unit.way)

        return tuple(unit.pk for unit in sorted(self.units.values(), key=place) if not unit.is_closed)


def _reaches(boss: Mapping[int, int], start: int, wanted: int) -> bool:
    """Whether the line up from somebody comes to somebody."""
    at: int | None = start
    while at is not None:
        if at == wanted:
            return True
        at = boss.get(at)
    return False


def paper_for(by: Actor) -> Paper:
    """The organisation as the actor may see it, in two queries."""
    today = timezone.localdate()
    units = visible(by, Unit.objects.all()).only("name", "path", "lead_id", "kind", "is_closed")
    people = visible(by, Person.objects.select_related("position"))
    return Paper(
        {
            unit.pk: PaperUnit(unit.pk, unit.name, ids_on(unit.path), unit.lead_id, unit.kind, unit.is_closed)
            for unit in units
        },
        {
            person.pk: PaperPerson(
                person.pk,
                person.name,
                person.unit_id,
                person.position.name if person.position else "",
                person.reports_to_id,
                person.left_on is None or person.left_on >= today,
            )
            for person in people
        },
    )
