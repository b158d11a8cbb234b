"""What is said of a promise: kept, less, more, or not to be told, by the intervals of what came and what was promised."""

import pytest

from kinflow.processes.benefits.estimating import Difference
from kinflow.processes.benefits.judging import LESS, LIKE, MORE, OPEN, Benefit, Result, kept_of
from kinflow.processes.benefits.words import notes_of


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


@pytest.mark.parametrize(("way", "said"), [("condition", 1), ("before_after", 1), ("chance", 0)])
def test_a_mix_that_was_not_taken_out_is_told_unless_chance_placed_the_records(way, said):
    difference = Difference(30, 30, 1.0, 2.0, is_mixed=True)
    result = Result("record_hours", difference, OPEN, None, OPEN, None, OPEN, None)
    notes = notes_of(Benefit(way, [result], {}, (30, 30), 0, None, False), 14)
    assert sum("too few yet to take all of their mix out" in note for note in notes) == said
