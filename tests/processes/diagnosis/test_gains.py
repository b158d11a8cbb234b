"""What findings add up to: nothing counts twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.diagnosis.found import Loss
from kinflow.processes.diagnosis.gains import gains_of, together
from kinflow.processes.diagnosis.sizes import loss_of
from kinflow.processes.diagnosis.view import View

from .noise import noise


def view() -> View:
    return View(*noise(4, cases=40))


def test_the_same_waiting_counts_once() -> None:
    seen = view()
    loss = loss_of(seen, np.flatnonzero(~seen.is_first))
    first, again = gains_of(seen, [loss, loss])
    assert first.waiting_hours.value == pytest.approx(float(loss.waiting.sum()) / seen.months)
    assert again.waiting_hours.value == 0


def test_a_lost_case_is_lost_once() -> None:
    seen = view()
    cases = np.arange(10, dtype=np.int32)
    lost = Loss(cases, np.zeros(10), np.zeros(10), successes=8.0)
    first, second, third = gains_of(seen, [lost, lost, lost])
    assert [each.money.value * seen.months for each in (first, second, third) if each.money] == pytest.approx(
        [8 * 500.0, 2 * 500.0, 0]
    )


@given(st.lists(st.lists(st.integers(0, 150), min_size=1, max_size=60, unique=True), max_size=5))
@settings(max_examples=30, deadline=None)
def test_no_more_can_be_gained_than_was_waited(parts: list[list[int]]) -> None:
    seen = view()
    losses = [loss_of(seen, np.array(sorted(part))) for part in parts]
    gain = together(gains_of(seen, losses))
    events = np.unique(np.array([place for part in parts for place in part], np.int64))
    assert gain.waiting_hours.value <= float(seen.wait[events].sum()) / seen.months + 1e-6
    assert gain.waiting_hours.low <= gain.waiting_hours.value <= gain.waiting_hours.high
