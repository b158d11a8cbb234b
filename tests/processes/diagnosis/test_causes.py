"""Each wait is split into its five causes."""

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns
from kinflow.processes.diagnosis.calendar import HOUR, OpenHours
from kinflow.processes.diagnosis.causes import CAUSES, main_cause, shares_of, split
from kinflow.processes.diagnosis.context import Context, People
from kinflow.processes.diagnosis.view import View
from tests.processes.given import log_of

Piece = tuple[str, str, float, float, str]
"""Case, step, begin and end in hours, person."""


def log(*pieces: Piece) -> EventColumns:
    return log_of(
        [(c, s, end, who) for c, s, _begin, end, who in pieces], begun=[piece[2] for piece in pieces]
    )


def causes_of(columns: EventColumns, case: str, context: Context | None = None) -> dict[str, float]:
    """The causes of the wait before the second event of a case."""
    view = View(columns, context or Context())
    place = int(columns.offsets[list(columns.case_ids).index(case)]) + 1
    parts = split(view, np.array([place]))[0]
    return {cause: float(hours) for cause, hours in zip(CAUSES, parts, strict=True) if hours > 1e-9}


def test_waiting_for_earlier_work_is_contention() -> None:
    columns = log(
        ("a", "open", 0, 0, "Li"),
        ("a", "do", 0, 4, "Wu"),
        ("b", "open", 1, 1, "Li"),
        ("b", "check", 4, 5, "Wu"),
    )
    assert causes_of(columns, "b") == pytest.approx({"contention": 3.0})


def test_waiting_for_later_work_is_prioritisation() -> None:
    columns = log(
        ("a", "open", 3, 3, "Li"),
        ("a", "do", 3, 6, "Wu"),
        ("b", "open", 1, 1, "Li"),
        ("b", "check", 6, 7, "Wu"),
    )
    assert causes_of(columns, "b") == pytest.approx({"prioritisation": 3.0, "extraneous": 2.0})


def test_waiting_until_there_are_several_is_batching() -> None:
    columns = log(
        ("a", "open", 0, 0, "Li"), ("b", "open", 5, 5, "Li"),
        ("a", "sign", 6, 6.1, "Wu"), ("b", "sign", 6.1, 6.2, "Wu"),
        ("c", "open", 2, 2, "Li"), ("c", "sign", 6.2, 6.3, "Wu"),
    )  # fmt: skip
    assert causes_of(columns, "c")["batching"] == pytest.approx(3.0)


def test_waiting_outside_working_hours_is_unavailability() -> None:
    columns = log(("a", "open", 0, 0, "Li"), ("a", "do", 10, 11, "Wu"))
    night = OpenHours(np.array([8 * HOUR]), np.array([24 * HOUR]))
    context = Context(open_hours=night)
    assert causes_of(columns, "a", context) == pytest.approx({"unavailability": 8.0, "extraneous": 2.0})
    parts = split(View(columns, context), np.array([1]))
    assert main_cause(View(columns, context), np.array([1]), parts) == ("extraneous", 1.0)
    assert dict(shares_of(parts))["unavailability"] == pytest.approx(0.8)


def test_waiting_for_somebody_who_is_away_is_unavailability_in_working_time_too() -> None:
    columns = log(("a", "open", 0, 0, "Li"), ("a", "do", 10, 11, "Wu"))
    away = People(away={1: OpenHours(np.array([2 * HOUR]), np.array([9 * HOUR]))})
    context = Context(open_hours=OpenHours(np.array([0]), np.array([24 * HOUR])), people=away)
    view = View(columns, context)
    assert causes_of(columns, "a", context) == pytest.approx({"unavailability": 7.0, "extraneous": 3.0})
    assert main_cause(view, np.array([1]), split(view, np.array([1]))) == (
        "unavailability",
        pytest.approx(0.7),
    )


def test_waits_are_told_in_the_working_time_of_who_did_it() -> None:
    columns = log(("a", "open", 0, 0, "Li"), ("a", "do", 10, 11, "Wu"), ("a", "do", 20, 21, "Li"))
    usual = OpenHours(np.array([0]), np.array([24 * HOUR]))
    late = OpenHours(np.array([8 * HOUR]), np.array([12 * HOUR]))
    people = People([late], np.array([-1, 0], np.int32))
    view = View(columns, Context(open_hours=usual, people=people))
    assert view.wait.tolist() == pytest.approx([0, 2, 9])


def test_all_causes_together_are_the_wait() -> None:
    rng = np.random.default_rng(3)
    pieces: list[Piece] = []
    for case in range(60):
        moment = float(rng.uniform(0, 40))
        for step in "abc":
            begin = moment + float(rng.exponential(4))
            moment = begin + float(rng.exponential(1))
            pieces.append((f"case {case}", step, begin, moment, f"person {rng.integers(0, 3)}"))
    columns = log(*pieces)
    view = View(columns, Context())
    places = np.flatnonzero(~view.is_first)
    parts = split(view, places)
    assert (parts >= 0).all()
    assert parts.sum(axis=1) == pytest.approx((columns.begun_at[places] - view.ready_at[places]) / HOUR)
