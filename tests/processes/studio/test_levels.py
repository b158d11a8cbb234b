"""From the main path to everything."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kinflow.processes.studio.levels import BORDER, arrows_of, revealed, stands, usual
from tests.processes.given import traces

LOG = traces("abc", "abc", "abc", "adc", "abbc", "ac")
A, B, C, D = (LOG.activities.index(letter) for letter in "abcd")
words = st.lists(st.text("abcdef", min_size=1, max_size=8), min_size=1, max_size=12)


def test_arrows_are_counted_from_border_to_border() -> None:
    assert arrows_of(traces("ab", "b")) == {(BORDER, 0): 1, (0, 1): 1, (1, BORDER): 2, (BORDER, 1): 1}


def test_the_first_level_is_the_main_path() -> None:
    levels = revealed(arrows_of(LOG), [A, B, C])
    assert {arrow for arrow, level in levels.items() if level == 0} == {
        (BORDER, A),
        (A, B),
        (B, C),
        (C, BORDER),
    }


def test_a_step_comes_with_its_way_in_and_out() -> None:
    levels = revealed(arrows_of(LOG), [A, B, C])
    assert levels[A, D] == levels[D, C] > 0


def test_each_level_says_which_share_of_cases_and_moves_it_explains() -> None:
    found = stands(LOG, revealed(arrows_of(LOG), [A, B, C]))
    assert (found[0].steps, found[0].arrows, found[0].cases) == (3, 4, 0.5)
    assert (found[-1].steps, found[-1].cases, found[-1].moves) == (4, 1.0, 1.0)


def test_the_usual_level_explains_most_cases_with_few_arrows() -> None:
    found = stands(LOG, revealed(arrows_of(LOG), [A, B, C]))
    assert found[usual(found, cases=0.6)].cases >= 0.6
    assert usual(found, cases=1.0, arrows=4) == 0


@given(words)
def test_no_shown_step_hangs_in_the_air(told: list[str]) -> None:
    log = traces(*told)
    arrows = arrows_of(log)
    levels = revealed(arrows, [int(code) for code in log.activity[: log.offsets[1]]])
    assert levels.keys() == arrows.keys()
    for level in range(max(levels.values()) + 1):
        shown = {arrow for arrow, first in levels.items() if first <= level}
        for step in {code for arrow in shown for code in arrow} - {BORDER}:
            assert _reached(shown, step, forward=True)
            assert _reached(shown, step, forward=False)


def _reached(shown: set[tuple[int, int]], step: int, *, forward: bool) -> bool:
    known, waiting = {BORDER}, [BORDER]
    while waiting:
        at = waiting.pop()
        beside = {(b if forward else a) for a, b in shown if (a if forward else b) == at} - known
        known |= beside
        waiting += beside
    return step in known


@given(words)
def test_more_is_explained_from_level_to_level_up_to_everything(told: list[str]) -> None:
    log = traces(*told)
    found = stands(log, revealed(arrows_of(log), [int(code) for code in log.activity[: log.offsets[1]]]))
    assert found[-1].cases == found[-1].moves == 1.0
    assert (np.diff([each.cases for each in found]) >= 0).all()
    assert (np.diff([each.moves for each in found]) > 0).all()


def test_a_log_without_cases_has_one_level_that_explains_nothing() -> None:
    empty = traces()
    assert [each.arrows for each in stands(empty, revealed(arrows_of(empty), []))] == [0]
