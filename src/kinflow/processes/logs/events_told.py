"""Columns told event by event, for writers: texts where a code was, in the order of the log."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..columns import EventColumns


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words; "" where nobody or no unit is known."""

    case: int
    activity: str
    at: int
    begun_at: int
    resource: str
    unit: str


def events_of(columns: EventColumns, start: int = 0, end: int | None = None) -> Iterator[Told]:
    """The events from `start` up to, not including, `end`."""
    some = slice(start, end)
    activities, resources, units = columns.activities, [*columns.resources, ""], [*columns.units, ""]
    for case, activity, at, begun_at, resource, unit in zip(
        columns.case[some].tolist(),
        columns.activity[some].tolist(),
        columns.at[some].tolist(),
        columns.begun_at[some].tolist(),
        columns.resource[some].tolist(),
        columns.unit[some].tolist(),
        strict=True,
    ):
        yield Told(case, activities[activity], at, begun_at, resources[resource], units[unit])


def texts_of(columns: EventColumns, case: int) -> Iterator[tuple[str, str]]:
    """The attributes of a case that are known."""
    for name, labels in columns.attributes.items():
        code = int(labels.codes[case])
        if code >= 0:
            yield name, labels.values[code]


def numbers_of(columns: EventColumns, case: int) -> Iterator[tuple[str, float]]:
    """The numbers of a case that are known."""
    for name, values in columns.amounts.items():
        number = float(values[case])
        if np.isfinite(number):
            yield name, number


def lasts(columns: EventColumns) -> bool:
    """Whether the beginning of any step is known."""
    return bool((columns.begun_at < columns.at).any())
