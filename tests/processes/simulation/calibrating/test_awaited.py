"""Of cases that are still open, what they wait for is counted as those tell who waited as long."""

from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.calibrating.awaited import stand_ins
from kinflow.processes.simulation.calibrating.scenarios import Calibrated, calibrated
from kinflow.processes.simulation.scenario import DAY, HOUR
from tests.processes.given import log_of

from .logs import MONDAY

DAYS, SLOWEST = 30, 20
ALIKE = np.ones((1, 4), bool)


def permits(forgotten: int = 0) -> tuple[EventColumns, np.ndarray]:
    """Applications, one each four hours for 30 days: half are refused after two hours, half granted after 10 to 20 days.

    What comes after the 30 days is not known. So many of the first were not even looked at: nobody goes on with them.
    """
    draw = np.random.default_rng(5)
    rows, ended = [], []
    for number in range(6 * DAYS):
        came = 4.0 * number
        step, hours = ("Refuse", 2.0) if number % 2 else ("Grant", 24 * draw.uniform(10, SLOWEST))
        ended.append(came + hours < 24 * DAYS and number >= forgotten)
        rows.append((f"case {number:03}", "Come", MONDAY / HOUR + came, None))
        if ended[-1]:
            rows.append((f"case {number:03}", step, MONDAY / HOUR + came + hours, None))
    log = log_of(rows)
    return replace(log, begun_at=log.at), np.array(ended)


def granted(found: Calibrated) -> tuple[float, float]:
    """The share of applications that are granted, and after how many days on average."""
    names = {each.name: each.id for each in found.scenario.steps}
    waits = {each.id: each.times.mean / DAY for each in found.scenario.steps if each.kind == "wait"}
    doors = [flow.source for flow in found.scenario.flows if flow.target == names["Grant"]]
    [way] = [flow for flow in found.scenario.flows if flow.target in doors]
    return way.chances[0][0], waits[way.target]


def test_what_comes_late_is_as_frequent_and_as_late_as_it_is_though_much_of_it_was_not_seen():
    log, ended = permits()
    seen = int((ended & (np.arange(len(ended)) % 2 == 0)).sum())
    assert seen / ended.sum() < 0.36
    share, days = granted(calibrated(log, "UTC", until=MONDAY + DAYS * DAY, ended=ended))
    assert share == pytest.approx(0.5, abs=0.03)
    assert days == pytest.approx(15, abs=0.5)


def test_cases_that_wait_longer_than_any_that_went_on_tell_nothing():
    plain, few = (
        granted(calibrated(*log, ended=ended, until=MONDAY + DAYS * DAY))
        for (log, ended) in (((each[0], "UTC"), each[1]) for each in (permits(), permits(forgotten=24)))
    )
    assert few == pytest.approx(plain, rel=0.1)


def test_only_who_went_on_later_stands_for_one_who_waits_and_first_who_is_of_its_kind():
    lasted = np.array([1, 5, 7, 9])
    assert all(lasted[place] > 5 for place in stand_ins(np.full(40, 5), lasted, np.repeat(ALIKE, 40, axis=0)))
    assert stand_ins(np.array([9]), lasted, ALIKE).tolist() == [-1]
    assert stand_ins(np.array([2]), lasted, lasted[None, :] == 7).tolist() == [2]
    assert stand_ins(np.array([8]), lasted, lasted[None, :] == 7).tolist() == [3]
