"""A parsed condition: a frozen tree of groups and tests, and the typed values in it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from .fields import Field, Step
from .operators import Op


class Unit(StrEnum):
    """The units of a duration."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"


class Period(StrEnum):
    """The calendar periods a day lies in; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Duration:
    """A length of time: so many of a unit. Days and longer are counted on the calendar, not in seconds."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Today:
    """The day of asking, or so many days after (before, where negative)."""

    offset: int = 0


@dataclass(frozen=True)
class Me:
    """The person who asks."""


@dataclass(frozen=True)
class MyUnit:
    """The units of the person who asks."""


Scalar: TypeAlias = str | int | bool | Decimal | date | datetime | Today | Me | MyUnit
Value: TypeAlias = Scalar | Duration | Period | tuple[Scalar, ...] | None


@dataclass(frozen=True)
class Test:
    """One question about one value: the field at `path` (dotted, reached by `steps`), operator, value."""

    __test__ = False  # not one of pytest's

    path: str
    op: Op
    value: Value
    steps: tuple[Step, ...] = field(compare=False, repr=False)

    @property
    def field(self) -> Field:
        """The field that is asked about, the last of the steps."""
        return self.steps[-1].field


@dataclass(frozen=True)
class Has:
    """At least so many related records (at the end of `path`) for which `where` holds."""

    path: str
    where: "Condition"
    at_least: int
    steps: tuple[Step, ...] = field(compare=False, repr=False)


@dataclass(frozen=True)
class All:
    """Every part holds; without parts: everything."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition: TypeAlias = All | Some | Not | Has | Test

EVERYTHING = All()
"""The condition `{}`."""
