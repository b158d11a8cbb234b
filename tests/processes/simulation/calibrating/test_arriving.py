"""When cases come: hours of the week that the log has not seen are as the same hours of other days."""

import numpy as np
import pytest

from kinflow.processes.simulation.calibrating.arriving import arrivals_of
from kinflow.processes.simulation.scenario import DAY, HOUR, WEEK

from .logs import MONDAY


def coming(days: int) -> np.ndarray:
    """Two cases in each hour from nine to five of so many days, four in the last of these hours, from a Monday on."""
    hours = [*range(9, 17), *range(9, 17), 16, 16]
    return np.array([MONDAY + day * DAY + hour * HOUR for day in range(days) for hour in hours], np.int64)


def test_days_that_the_log_has_not_seen_are_as_the_others() -> None:
    rates = np.array(arrivals_of(coming(3), MONDAY, MONDAY + 3 * DAY).hourly).reshape(7, 24)
    # The log begins at nine on Monday: earlier hours of that day were not seen, but those of others were.
    assert (rates == rates[1]).all()
    assert rates[1].tolist() == [0.0] * 9 + [2.0] * 7 + [4.0] + [0.0] * 7


def test_hours_that_no_day_has_are_as_all_are() -> None:
    rates = np.array(arrivals_of(coming(1), MONDAY, MONDAY + 18 * HOUR).hourly)
    assert rates[9:18].tolist() == [2.0] * 7 + [4.0, 0.0]
    assert rates[20] == pytest.approx(18 / 9)


def test_days_on_which_nothing_came_are_left_empty() -> None:
    rates = np.array(arrivals_of(coming(5), MONDAY, MONDAY + 2 * WEEK).hourly).reshape(7, 24)
    assert rates[5:].sum() == 0
    assert rates[:5].sum() == pytest.approx(5 * 18 / 2, rel=0.1)
