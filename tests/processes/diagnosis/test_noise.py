"""In noise hardly anything is found: the share of false findings is held."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.columns import EventColumns, columns_of
from kinflow.processes.diagnosis.chances import at_least
from kinflow.processes.diagnosis.detectors import DETECTORS
from kinflow.processes.diagnosis.finding import find
from kinflow.processes.diagnosis.view import View

from .noise import noise


@pytest.mark.slow
def test_at_most_one_log_of_noise_in_twenty_has_a_finding() -> None:
    logs = 120
    with_findings = sum(bool(find(*noise(seed))) for seed in range(logs))
    assert at_least(with_findings, logs, 0.05) > 0.001, f"{with_findings} of {logs}"


def test_every_detector_has_a_chance_to_be_wrong_in_noise() -> None:
    quiet = {
        detector.__name__
        for detector in DETECTORS
        if not any(list(detector(View(*noise(s)))) for s in range(3))
    }
    assert quiet <= {
        *("pass_through", "lone_experts", "written_again", "late_in_week", "reopened", "asked_again"),
        *("one_hand", "best_ways", "missing", "idle_steps", "overloads"),
    }


@pytest.mark.parametrize("shape", [{}, {"cases": 900, "steps": 3, "people": 6}])
def test_p_values_of_noise_are_no_smaller_than_they_should_be(shape: dict[str, int]) -> None:
    """Of the second shape are logs in which one person often does steps in a row, and everybody has many cases."""
    logs = 4 if shape else 12
    views = [View(*noise(seed, **shape)) for seed in range(logs)]
    chances = [c.test.p for view in views for detector in DETECTORS for c in detector(view)]
    for level in (0.01, 0.05, 0.2):
        assert np.mean(np.array(chances) <= level) <= level * 1.3


def test_in_many_cases_of_few_people_and_steps_nothing_is_found_either() -> None:
    assert not [
        finding.key for seed in range(5) for finding in find(*noise(seed, cases=900, steps=3, people=6))
    ]


@given(st.integers(0, 2**31), st.integers(1, 40), st.integers(1, 6), st.integers(1, 4), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_any_log_can_be_diagnosed(seed: int, cases: int, steps: int, people: int, units: int) -> None:
    columns, context = noise(seed, cases=cases, steps=steps, people=people, units=units)
    for finding in find(columns, context):
        assert finding.size.cases.low <= finding.size.cases.value <= finding.size.cases.high
        assert len(finding.evidence.cases) <= cases


def test_nothing_is_found_in_an_empty_log() -> None:
    none = np.zeros(0, np.int32)
    empty: EventColumns = columns_of(
        case=none, activity=none, at=none.astype(np.int64), case_ids=[], activities=[]
    )
    assert find(empty) == []
