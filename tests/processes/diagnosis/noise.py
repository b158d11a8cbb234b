"""Logs in which nothing depends on anything: whatever is found in them is found by chance."""

import numpy as np

from kinflow.organisation.lines import Lines
from kinflow.processes.columns import EventColumns, Labels, columns_of
from kinflow.processes.diagnosis.calendar import OpenHours
from kinflow.processes.diagnosis.context import Chart, Context, FieldChanges, People

HOUR = 3_600_000_000


def noise(
    seed: int, *, cases: int = 200, steps: int = 5, people: int = 9, units: int = 3
) -> tuple[EventColumns, Context]:
    """Cases over half a year with steps, people, waits, work, outcomes, attributes and changed fields by the dice; people
    work by day, report to each other as the dice have it, and half of them are away for a while."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(2, 10, cases)
    case = np.repeat(np.arange(cases), lengths).astype(np.int32)
    count = len(case)
    begun_at, at = _moments(rng, lengths)
    resource = rng.integers(0, people, count).astype(np.int32)
    columns = columns_of(
        case=case,
        activity=rng.integers(0, steps, count).astype(np.int32),
        at=at,
        begun_at=begun_at,
        case_ids=[f"case {k}" for k in range(cases)],
        activities=[f"step {k}" for k in range(steps)],
        resource=resource,
        resources=[f"person {k}" for k in range(people)],
        unit=(resource % units).astype(np.int32),
        units=[f"unit {k}" for k in range(units)],
        attributes={"product": _labels(rng, 6, cases), "region": _labels(rng, 3, cases)},
        amounts={"score": rng.random(cases)},
    )
    context = Context(
        outcomes=Labels(["approved", "refused"], rng.integers(0, 2, count).astype(np.int32)),
        changes=_changes(rng, columns),
        success=frozenset({"step 0"}),
        failure=frozenset({"step 1"}),
        reopening=frozenset(),
        goal_hours=40.0,
        people=_people(rng, people),
        chart=Chart(
            Lines(np.array([-1, *(int(rng.integers(0, k)) for k in range(1, people))])), np.arange(people)
        ),
        open_hours=_days(8, 18),
        value_of_success=500.0,
    )
    return columns, context


def _moments(rng: np.random.Generator, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    begun_at, at = [], []
    for length in lengths:
        moment = int(rng.integers(0, 180 * 24 * HOUR))
        for _event in range(length):
            begun_at.append(moment + int(rng.exponential(8) * HOUR))
            moment = begun_at[-1] + int(rng.exponential(0.5) * HOUR)
            at.append(moment)
    return np.array(begun_at), np.array(at)


def _days(opens: int, closes: int) -> OpenHours:
    days = np.arange(-1, 400, dtype=np.int64) * 24 * HOUR
    return OpenHours(days + opens * HOUR, days + closes * HOUR)


def _people(rng: np.random.Generator, people: int) -> People:
    away = {}
    for person in range(0, people, 2):
        since = int(rng.integers(0, 150)) * 24 * HOUR
        away[person] = OpenHours(np.array([since]), np.array([since + 240 * HOUR]))
    return People([_days(6, 16)], rng.integers(-1, 1, people).astype(np.int32), away)


def _labels(rng: np.random.Generator, values: int, cases: int) -> Labels:
    return Labels([f"value {k}" for k in range(values)], rng.integers(0, values, cases).astype(np.int32))


def _changes(rng: np.random.Generator, columns: EventColumns, count: int = 60) -> FieldChanges:
    case = rng.integers(0, columns.cases, count).astype(np.int32)
    place = columns.offsets[case]
    return FieldChanges(
        at=columns.at[place],
        record=rng.integers(0, 20, count),
        field=rng.integers(0, 2, count).astype(np.int32),
        fields=["address", "department"],
        before=rng.integers(-1, 40, count),
        after=rng.integers(0, 40, count),
        resource=columns.resource[place],
        unit=columns.unit[place],
        units=columns.units,
        case=case,
        own=np.zeros(count, bool),
        at_start={"address": rng.random(columns.cases) < 0.8},
    )
