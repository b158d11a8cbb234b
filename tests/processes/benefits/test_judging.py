"""What is said of a promise: kept, less, more, or not to be told, by the intervals of what came and what was promised."""

import pytest

from kinflow.processes.benefits.judging import LESS, LIKE, MORE, OPEN, kept_of


@pytest.mark.parametrize(
    ("gain", "promised", "said"),
    [
        ((12.0, 134.0), (58.0, 60.0), LIKE),
        ((12.0, 134.0), (60.0, 58.0), LIKE),
        ((-12.0, 40.0), (58.0, 60.0), LESS),
        ((70.0, 134.0), (58.0, 60.0), MORE),
        ((-134.0, -12.0), (-60.0, -58.0), LIKE),
        ((-0.5, 0.5), (-1.0, 3.0), LIKE),
    ],
)
def test_what_came_is_held_against_what_was_promised(gain, promised, said):
    assert kept_of(gain, promised) == said


@pytest.mark.parametrize("promised", [(58.0, 60.0), (-60.0, -58.0), (-1.0, 3.0)])
def test_what_may_as_well_be_nothing_bears_no_promise_out(promised):
    assert kept_of((-400.0, 400.0), promised) == OPEN
