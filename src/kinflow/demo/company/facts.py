"""What is known of the organisation, as plain values; keys join them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Unit:
    """A part of the organisation; `kind` is company, division, department or team."""

    key: str
    parent: str | None
    kind: str
    name: str
    name_en: str
    region: str = ""
    lead: str | None = None


@dataclass(frozen=True)
class Position:
    """A post in a unit; level 1 is the top."""

    key: str
    unit: str
    name: str
    name_en: str
    level: int


@dataclass(frozen=True)
class Skill:
    """Something people can; `sort` is product, industry or craft."""

    code: str
    name: str
    name_en: str
    sort: str


@dataclass(frozen=True)
class Territory:
    """Places (provinces as CN-ZJ, countries as DE) that are looked after together."""

    key: str
    name: str
    name_en: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class WorkingCalendar:
    """A weekly pattern in local time, with a country's holidays and the company's own free days."""

    key: str
    name: str
    name_en: str
    time_zone: str
    country: str
    week: Mapping[str, tuple[tuple[str, str], ...]]
    days: tuple[tuple[date, int | None, str], ...] = ()


@dataclass(frozen=True)
class Absence:
    """A span in which a person does not work: leave, sick, training or travel."""

    person: str
    kind: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Capacity:
    """How much open work of one kind a person may hold."""

    person: str
    kind: str
    limit: float


@dataclass(frozen=True)
class Person:
    """Somebody who works here; skills and languages map to levels from 1 to 5."""

    key: str
    family_name: str
    given_name: str
    latin_name: str
    email: str
    phone: str
    unit: str
    position: str
    reports_to: str | None
    seniority: int
    calendar: str
    skills: Mapping[str, int]
    languages: Mapping[str, int]
    territories: tuple[str, ...]
    roles: tuple[str, ...]
    takes_work: bool
    joined_on: date | None = None
    left_on: date | None = None

    @property
    def name(self) -> str:
        """The full name, surname first where it is Chinese."""
        if self.family_name.isascii():
            return f"{self.given_name} {self.family_name}"
        return self.family_name + self.given_name


@dataclass(frozen=True)
class Product:
    """Something sold; `skill` is the knowledge it takes, price is in CNY."""

    key: str
    code: str
    name: str
    name_zh: str
    family: str
    skill: str
    price: float
    unit_of_measure: str


@dataclass(frozen=True)
class Pipeline:
    """A way of selling: stages as (code, English, Chinese, probability in percent)."""

    key: str
    name: str
    name_zh: str
    stages: tuple[tuple[str, str, str, int], ...]
    is_default: bool = False
