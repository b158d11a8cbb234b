"""A process in figures."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.utils import timezone

from kinflow.kit.problem import Refused
from kinflow.processes.columns import EventColumns, columns_of
from kinflow.processes.definitions.goals import Rates, rates_of
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.numbers import costs_of, ends_of, figures_of
from kinflow.processes.definitions.portfolio import figures, portfolio
from kinflow.records.access import MARKETER
from tests import factories

from .given import OWNER, kept_apart, representative, shipped, worked_lead

__all__ = ["kept_apart"]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEPS = [
    {"key": key, "event": key, "name": key, "outcome": outcome}
    for key, outcome in (("begin", ""), ("won", "good"), ("lost", "bad"), ("again", "again"))
]


def process(**more):
    """A process that ends won or lost."""
    return Process(key="x", name="X", case_kind="", steps=STEPS, ends=["won", "lost"], **more)


def log(*cases: list[tuple[str, float]]) -> EventColumns:
    """Cases with their steps and how many days before now each was; work of the second step took an hour."""
    rows = [(at, key, days) for at, steps in enumerate(cases) for key, days in steps]
    names = ["again", "begin", "lost", "won"]
    at = np.array([int((NOW - timedelta(days=days)).timestamp() * 1e6) for _c, _k, days in rows], np.int64)
    worked = np.array([3_600_000_000 if key != "begin" else 0 for _c, key, _d in rows], np.int64)
    return columns_of(
        case=np.array([case for case, _k, _d in rows], np.int32),
        activity=np.array([names.index(key) for _c, key, _d in rows], np.int32),
        at=at,
        begun_at=at - worked,
        case_ids=[str(at) for at in range(len(cases))],
        activities=names,
        resource=np.zeros(len(rows), np.int32),
        resources=["Ann"],
    )


def test_a_case_has_ended_with_its_last_step_unless_it_was_taken_up_again():
    columns = log(
        [("begin", 9), ("won", 8)],
        [("begin", 9), ("lost", 8)],
        [("begin", 9)],
        [("begin", 9), ("won", 8), ("again", 7)],
        [("begin", 9), ("won", 8), ("again", 7), ("won", 6)],
    )
    ends = ends_of(process(), columns)
    assert ends.ended.tolist() == [True, True, False, False, True]
    assert ends.well.tolist() == [True, False, False, False, True]


def test_in_a_process_without_last_steps_every_case_has_ended():
    columns = log([("begin", 9), ("again", 7)])
    assert ends_of(Process(key="x", name="X"), columns).ended.tolist() == [True]


def test_volume_time_and_trend():
    columns = log(
        [("begin", 12), ("won", 10)],
        [("begin", 15), ("won", 11)],
        [("begin", 120), ("won", 119)],
        [("begin", 5)],
        [("begin", 200), ("won", 195)],
    )
    told = figures_of(process(), columns, NOW, None)
    day = 86_400
    assert (told.cases, told.open, told.ended) == (5, 1, 4)
    assert told.begun_per_month == pytest.approx(1)
    assert told.ended_per_month == pytest.approx(2 / 3)
    assert told.median_seconds == pytest.approx(3 * day)
    assert told.trend == pytest.approx(2)
    assert told.volume_trend == pytest.approx(2)
    assert told.begun_by_month == [0] * 5 + [1, 0, 1, 0, 0, 0, 3]
    assert told.cost_per_case is None


def test_a_young_log_has_no_trend():
    columns = log([("begin", 120), ("won", 119)], [("begin", 12), ("won", 10)])
    told = figures_of(process(), columns, NOW, None)
    assert (told.trend, told.volume_trend) == (None, None)


def test_the_work_is_paid_by_who_did_it():
    columns = log([("begin", 12), ("won", 10)], [("begin", 12), ("again", 11), ("won", 10)])
    costs = costs_of(process(), columns, Rates("EUR", 50.0, {}))
    assert costs.tolist() == [50, 100]
    told = figures_of(process(rates={"currency": "EUR", "usual": 50}), columns, NOW, costs)
    assert (told.cost_per_case, told.cost_per_month, told.currency) == (75, pytest.approx(50), "EUR")
    assert costs_of(process(), columns, rates_of({})) is None


def test_goals_tell_which_share_reached_them():
    goals = [
        {"measure": "duration", "at_most": 48.0, "share": 0.8},
        {"measure": "cost", "at_most": 60, "share": 1},
        {"measure": "good_end", "share": 0.5},
        {"measure": "no_repeats", "share": 1},
    ]
    columns = log(
        [("begin", 12), ("won", 11)],
        [("begin", 20), ("lost", 11)],
        [("begin", 12), ("lost", 11.5), ("again", 11.4), ("won", 11.3), ("again", 11.2), ("won", 11)],
        [("begin", 3)],
    )
    one = process(goals=goals)
    told = figures_of(one, columns, NOW, costs_of(one, columns, Rates("EUR", 50.0)))
    reached = [goal["reached"] for goal in told.goals]
    assert reached == [pytest.approx(2 / 3)] * 4


def test_an_empty_log_has_figures_too():
    columns = log()
    told = figures_of(process(goals=[{"measure": "no_repeats", "share": 1}]), columns, NOW, None)
    assert (told.cases, told.median_seconds, told.goals[0]["reached"]) == (0, None, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_apart")
def test_the_portfolio_shows_every_process_in_use_with_its_figures():
    worked_lead(representative())
    shipped()
    rows = {row.process.key: row.figures for row in portfolio(OWNER, timezone.now())}
    assert set(rows) == {"lead", "opportunity", "case", "repair", "complaint", "maintenance", "email"}
    assert (rows["lead"].cases, rows["lead"].open) == (1, 1)
    assert rows["lead"].currency == "CNY"
    assert rows["repair"].cases == 0


@pytest.mark.django_db
def test_figures_are_for_who_sees_processes():
    with pytest.raises(Refused):
        figures(shipped(), factories.role_actor(MARKETER), timezone.now())
