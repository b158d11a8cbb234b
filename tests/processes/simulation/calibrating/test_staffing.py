"""Who is taken to have been away: who used to have something to do and then has not, not who seldom has."""

import numpy as np

from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.calibrating.scenarios import calibrated
from kinflow.processes.simulation.scenario import DAY, HOUR
from tests.processes.given import log_of
from tests.processes.simulation.calibrating.logs import MONDAY, Row


def absences_in(log: EventColumns) -> dict[str, list[tuple[float, float]]]:
    """By person, from which to which day since the first Monday they are taken to have been away."""
    staff = calibrated(log, "UTC").scenario.staff
    return {each.name: [(since / DAY, until / DAY) for since, until in each.absences] for each in staff}


def helping_log(days: int = 360, *, seed: int = 3) -> EventColumns:
    """Ann has a request every day and is ill from day 150 to day 180; Bo helps with some twelve cases in all, each in six
    pieces of work on one afternoon."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    begun: list[float] = []
    for day in range(days):
        if not 150 <= day < 180:
            _worked(rows, begun, f"case {day:03}", "Look", day, draw.uniform(9, 16), "Ann")
        if draw.random() < 1 / 30:
            for piece in range(6):
                _worked(rows, begun, f"help {day:03}", "Help", day, 12 + piece / 2, "Bo")
    return log_of(rows, begun=begun)


def _worked(
    rows: list[Row], begun: list[float], case: str, step: str, day: int, hour: float, who: str
) -> None:
    since = MONDAY / HOUR + 24 * day + hour
    begun.append(since)
    rows.append((case, step, since + 0.25, who))


def test_who_seldom_has_something_to_do_was_not_away_all_the_time_in_between():
    assert absences_in(helping_log())["Bo"] == []


def test_who_has_something_to_do_every_day_and_then_nothing_for_a_month_was_away():
    ((since, until),) = absences_in(helping_log())["Ann"]
    assert 149 < since < 151
    assert 179 < until < 181
