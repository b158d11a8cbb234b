"""The whole organisation in one value."""

from dataclasses import dataclass
from datetime import date

from ..engine.chance import Streams
from .absences import absences_of
from .calendars import calendars_of
from .facts import (
    Absence,
    Capacity,
    Person,
    Pipeline,
    Position,
    Product,
    Skill,
    Territory,
    Unit,
    WorkingCalendar,
)
from .people import capacities_of, people_of, positions
from .posts import POSTS
from .products import PIPELINES, products
from .skills import SKILLS, TERRITORIES
from .units import UNITS

NAME_ZH, NAME_EN = "鲸川泵业股份有限公司", "Jingchuan Pumps Co., Ltd."


@dataclass(frozen=True)
class Company:
    """Everything known of the organisation at the end of the period."""

    units: tuple[Unit, ...]
    positions: tuple[Position, ...]
    skills: tuple[Skill, ...]
    territories: tuple[Territory, ...]
    calendars: tuple[WorkingCalendar, ...]
    people: tuple[Person, ...]
    absences: tuple[Absence, ...]
    capacities: tuple[Capacity, ...]
    products: tuple[Product, ...]
    pipelines: tuple[Pipeline, ...]

    def focus(self) -> dict[str, float]:
        """By person, the share of working time that goes into work the log knows of."""
        by_position = {f"{post.unit}/{post.name_en}": post.focus for post in POSTS}
        return {person.key: by_position[person.position] for person in self.people}

    def by_family(self) -> dict[str, list[Product]]:
        """What is sold, by family."""
        found: dict[str, list[Product]] = {}
        for product in self.products:
            found.setdefault(product.family, []).append(product)
        return found


def found_company(streams: Streams, first: date, last: date, *, stand_ins: bool) -> Company:
    """The company as it was between two days; `stand_ins` says whether the expert's knowledge is shared."""
    calendars = calendars_of(first, last)
    people = people_of(streams, first, last, stand_ins=stand_ins)
    leads = {person.unit: person.key for person in reversed(people) if person.key == f"{person.unit}-1"}
    zones = {calendar.key: calendar.time_zone for calendar in calendars}
    return Company(
        units=tuple(_led(unit, leads.get(unit.key)) for unit in UNITS),
        positions=positions(),
        skills=SKILLS,
        territories=TERRITORIES,
        calendars=calendars,
        people=people,
        absences=absences_of(people, zones, streams, first, last),
        capacities=capacities_of(people),
        products=products(),
        pipelines=PIPELINES,
    )


def _led(unit: Unit, lead: str | None) -> Unit:
    return Unit(unit.key, unit.parent, unit.kind, unit.name, unit.name_en, unit.region, lead)
