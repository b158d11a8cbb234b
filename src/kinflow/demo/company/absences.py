"""Who was away and when: leave, illness, training and business trips over the whole period."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..engine.chance import Chance, Streams
from ..engine.holidays import is_holiday
from .facts import Absence, Person
from .people import EXPERT

EXPERT_AWAY = ((0.16, 9, "travel"), (0.40, 23, "sick"), (0.72, 14, "leave"), (0.93, 9, "training"))
"""The expert's absences: after which part of the period, for how many days, and why."""


def absences_of(
    people: tuple[Person, ...], zones: dict[str, str], streams: Streams, first: date, last: date
) -> tuple[Absence, ...]:
    """Everybody's absences between two days, in order of person and time."""
    return tuple(
        absence
        for person in people
        for absence in _separate(_of(person, zones[person.calendar], streams, first, last))
    )


def _of(person: Person, zone: str, streams: Streams, first: date, last: date) -> Iterator[Absence]:
    chance, days = streams.of(f"absence/{person.key}"), (last - first).days
    if person.key == EXPERT:
        for share, length, kind in EXPERT_AWAY:
            yield _absence(person, kind, first + timedelta(days=int(days * share)), length, zone)
        return
    for kind, yearly, shortest, longest in _plan(person):
        for _time in range(_number(chance, yearly * days / 365)):
            begin = first + timedelta(days=chance.randrange(max(1, days)))
            length = chance.randint(shortest, longest)
            if _belongs(person, begin):
                yield _absence(person, kind, begin, length, zone)


def _plan(person: Person) -> tuple[tuple[str, float, int, int], ...]:
    travels = 1.6 if "overseas" in person.unit or "key-" in person.unit else 0.3
    return (
        ("leave", 1.7, 3, 9),
        ("sick", 1.4, 1, 4),
        ("training", 0.5, 1, 3),
        ("travel", travels, 3, 7),
    )


def _number(chance: Chance, mean: float) -> int:
    return int(mean) + chance.hit(mean - int(mean))


def _belongs(person: Person, day: date) -> bool:
    if person.joined_on and day < person.joined_on:
        return False
    return not (person.left_on and day > person.left_on - timedelta(days=10)) and not is_holiday("CN", day)


def _absence(person: Person, kind: str, begin: date, days: int, zone: str) -> Absence:
    place = ZoneInfo(zone)
    end = begin + timedelta(days=days)
    return Absence(
        person.key, kind, datetime.combine(begin, time(), place), datetime.combine(end, time(), place)
    )


def _separate(absences: Iterator[Absence]) -> Iterator[Absence]:
    """The absences in order of time, without those that overlap an earlier one."""
    until: datetime | None = None
    for absence in sorted(absences, key=lambda a: a.starts_at):
        if until is None or absence.starts_at >= until:
            until = absence.ends_at
            yield absence
