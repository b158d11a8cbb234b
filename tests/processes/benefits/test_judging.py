"""What is said of a promise: kept, less, more, or not to be told, by the intervals of what came and what was promised."""

import pytest

from kinflow.processes.benefits.estimating import Difference
from kinflow.processes.benefits.judging import (
    BETTER,
    LESS,
    LIKE,
    MORE,
    OPEN,
    WORSE,
    Benefit,
    Result,
    kept_of,
)
from kinflow.processes.benefits.words import besides_of, headline_of, notes_of, signed


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


def told(figure, verdict, value, low, high, promised=None):
    difference = Difference(30, 30, 1.0, 2.0, value=value, always_low=low, always_high=high)
    return Result(figure, difference, verdict, None, OPEN, promised, OPEN, None)


def test_what_became_worse_is_told_as_plainly_as_what_was_promised_and_came():
    results = [
        told("late", WORSE, 21.6, 0.02, 43.2),
        told("record_hours", BETTER, -82.7, -130.4, -35.1, promised=(-58.7, -59.3, -58.1)),
        told("work", BETTER, -0.4, -0.6, -0.2),
        told("good_end", OPEN, 0.1, -3.0, 3.2),
    ]
    labels = ["Late", "Hours", "Work", "Good end"]
    assert headline_of(results, labels) == "Hours: −82.7 hours (−130.4 to −35.1). Better."
    worse, better = besides_of(results, labels)
    assert worse == ["Late: +21.6 percentage points (+0.02 to +43.2). Worse."]
    assert better == ["Work: −0.4 per record (−0.6 to −0.2). Better."]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0.0"), (0.04, "+0.04"), (-0.004, "−0.004"), (0.00004, "0.0"), (-82.71, "−82.7")],
)
def test_a_small_difference_does_not_read_as_none(value, words):
    assert signed(value) == words
