"""What a calibration tells of how each part of its scenario was found: seconds, counts and shares, as JSON."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...diagnosis.calendar import HOUR
from ..scenario import SECOND, WEEK, Staff
from .choosing import Choice
from .fitting import quantiles
from .scenarios import Calibrated

MOST = 60
"""Rows told of steps, moves and people each, the most frequent first."""
USUAL = np.array([0.1, 0.5, 0.9])


def facts_of(found: Calibrated, choice: Choice) -> dict[str, Any]:
    """All facts of a calibration; people by their names in the log."""
    scenario = found.scenario
    return {
        "cases": int(found.cases.sum()),
        "events": int(found.cases[found.work.columns.case].sum()),
        "begins": scenario.begins,
        "until": found.until,
        "is_single": found.work.is_single,
        "structure": _structure(choice) | {"timed": any(each.hour is not None for each in scenario.kinds)},
        "steps": _steps(found)[:MOST],
        "waits": _waits(found)[:MOST],
        "people": _people(found),
        "overtime": max((each.overtime for each in scenario.staff), default=0) / SECOND,
        "kinds": {
            "attribute": found.kinds.attribute,
            "shares": [[each.name, each.share] for each in found.kinds.kinds],
        },
        "hourly": list(scenario.arrivals.hourly),
        "seasonal": list(scenario.arrivals.seasonal),
        "closed": len(scenario.calendars["usual"].closed),
    }


def _structure(choice: Choice) -> dict[str, Any]:
    """What was chosen; with the least error (hours of cycle time) of the models with people and of those without, where
    all cases tell alike, and of the chosen one where older cases tell less and where all tell alike."""
    chosen, tried = choice.structure, dict(choice.tried)
    off = {
        "with" if people else "without": min(
            (each for one, each in choice.tried if one.people == people and not one.fading), default=None
        )
        for people in (True, False)
    }
    told = {"people": chosen.people, "whole": chosen.whole, "off": off, "fading": chosen.fading}
    if chosen.fading:
        told |= {"faded": tried[chosen], "alike": tried[replace(chosen, fading=0.0)]}
    return told


def _steps(found: Calibrated) -> list[dict[str, Any]]:
    """Steps with their work times; the interval of the mean is its 95 % one."""
    names, counts = found.work.columns.activities, np.bincount(found.work.columns.activity)
    by_id = {each.id: each for each in found.scenario.steps}
    rows = []
    for code in np.argsort(-counts, kind="stable").tolist():
        step = by_id.get(f"step {code}")
        if step is None:
            continue
        low, high = _interval(found.observed[code])
        tenth, median, ninth = (quantiles(step.times, USUAL) / SECOND).tolist()
        rows.append(
            {
                "activity": names[code],
                "how": found.work.how[code],
                "count": len(found.observed[code]),
                "kind": step.kind,
                "role": step.role,
                "shape": step.times.shape,
                "mean": step.times.mean / SECOND,
                "low": low,
                "high": high,
                "tenth": tenth,
                "median": median,
                "ninth": ninth,
            }
        )
    return rows


def _interval(values: NDArray[np.float64]) -> tuple[float, float] | tuple[None, None]:
    """The 95 % interval of the mean in seconds; none of fewer than ten."""
    if len(values) < 10:
        return None, None
    half = 1.96 * float(values.std(ddof=1)) / np.sqrt(len(values))
    mean = float(values.mean())
    return max(0.0, mean - half) / SECOND, (mean + half) / SECOND


def _waits(found: Calibrated) -> list[dict[str, Any]]:
    """Delays by move, those that delay all cases most together first."""
    names, rows = found.work.columns.activities, []
    for (source, target), kind in found.delays.steps:
        step = found.delays.steps[(source, target), kind]
        if kind and found.delays.steps.get(((source, target), 0)) is step:
            continue
        values = found.delays.observed[step.id]
        _tenth, median, ninth = (quantiles(step.times, USUAL) / SECOND).tolist()
        rows.append(
            {
                "source": names[source],
                "target": names[target],
                "kind": found.kinds.kinds[kind].name if step.id.endswith(f" {target} {kind}") else None,
                "count": len(values),
                "mean": float(values.mean()) / SECOND,
                "median": median,
                "ninth": ninth,
                "is_open": bool(step.calendar),
            }
        )
    return sorted(rows, key=lambda row: -float(row["mean"]) * int(row["count"]))


def _people(found: Calibrated) -> list[dict[str, Any]]:
    """People, who did most first."""
    pieces = found.people.pieces
    order = sorted(range(len(pieces)), key=lambda place: -pieces[place])
    return [_person(found, found.people.staff[place], pieces[place]) for place in order]


def _person(found: Calibrated, staff: Staff, pieces: int) -> dict[str, Any]:
    calendar = found.scenario.calendars.get(staff.calendar)
    hours = sum(b - a for a, b in calendar.spans) if calendar else WEEK
    return {
        "name": staff.name,
        "roles": list(staff.skills),
        "pieces": pieces,
        "hours": hours / HOUR,
        "spans": [list(span) for span in calendar.spans] if calendar else [[0, WEEK]],
        "at_once": staff.capacity,
        "factor": max(staff.skills.values()),
        "absences": len(staff.absences),
        "away_days": sum(b - a for a, b in staff.absences) / (24 * HOUR),
    }
