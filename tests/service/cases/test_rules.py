"""What may become of a case."""

from datetime import timedelta
from itertools import pairwise

import pytest

from kinflow.service.cases.rules import NEXT, OPEN_STATUSES, PRIORITIES, STATUSES, WORKING_TIME, can_move


def test_every_status_has_its_next_ones_and_all_of_them_exist():
    known = {status for status, _label in STATUSES}
    assert set(NEXT) == known
    assert set().union(*NEXT.values()) <= known


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_what_is_open_can_be_solved_but_not_closed_unsolved(status):
    assert can_move(status, "solved")
    assert not can_move(status, "closed")


@pytest.mark.parametrize("status", ["solved", "closed"])
def test_what_is_done_can_come_back(status):
    assert can_move(status, "open")


def test_nothing_becomes_new_again():
    assert not any(can_move(status, "new") for status, _label in STATUSES)


def test_the_more_urgent_the_less_time():
    times = [WORKING_TIME[priority] for priority, _label in PRIORITIES]
    assert all(slower > faster for slower, faster in pairwise(times))
    assert times[-1] > timedelta(0)
