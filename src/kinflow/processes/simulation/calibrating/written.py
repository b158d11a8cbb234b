"""Scenarios and checks as JSON, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..scenario import Arrivals, Batch, Calendar, Flow, Kind, Scenario, Staff, Step, Times
from .checking import Check


def told_scenario(scenario: Scenario) -> dict[str, Any]:
    """A scenario as JSON; closed and opened days as lists."""
    told = asdict(scenario)
    for calendar in told["calendars"].values():
        calendar["closed"] = sorted(calendar["closed"])
        calendar["opened"] = sorted(map(list, calendar["opened"]))
    return told


def scenario_of(told: Mapping[str, Any]) -> Scenario:
    """The scenario that was written so."""
    plain = ("lasts", "begins", "warm_up", "discipline")
    arrivals = told["arrivals"]
    return Scenario(
        steps=tuple(_step(each) for each in told["steps"]),
        flows=tuple(Flow(**{**each, "chances": _rows(each["chances"])}) for each in told["flows"]),
        staff=tuple(Staff(**{**each, "absences": _rows(each["absences"])}) for each in told["staff"]),
        arrivals=Arrivals(
            times=_times(arrivals["times"]) if arrivals["times"] else None,
            **{name: tuple(arrivals[name]) for name in ("hourly", "seasonal", "moments")},
        ),
        kinds=tuple(Kind(**each) for each in told["kinds"]),
        calendars={
            name: Calendar(
                _rows(each["spans"]), frozenset(each["closed"]), frozenset(_rows(each.get("opened", ())))
            )
            for name, each in told["calendars"].items()
        },
        **{name: told[name] for name in plain},
    )


def _step(told: Mapping[str, Any]) -> Step:
    batch = Batch(**told["batch"]) if told["batch"] else None
    return Step(**{**told, "times": _times(told["times"]), "delay": _times(told["delay"]), "batch": batch})


def _times(told: Mapping[str, Any]) -> Times:
    return Times(**{**told, "values": tuple(told["values"])})


def _rows(told: Any) -> tuple[Any, ...]:
    return tuple(tuple(row) for row in told)


def told_check(check: Check) -> dict[str, Any]:
    """A check as JSON."""
    return asdict(check)
