"""The search finds what enumeration finds, plays little of what is bad, and is the same wherever it is broken off."""

from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.simulation.search.dominance import (
    Point,
    beats,
    front,
    rivals,
    surely_beats,
    surely_not,
)
from kinflow.processes.simulation.search.racing import FIRST, MOST, next_round
from kinflow.processes.simulation.search.space import Choice, Space
from kinflow.processes.simulation.whatif.way_moves import Automate, Eliminate, Empower

MOVES = (Empower("a"), Automate("b"), Eliminate("c"), Empower("d"))
SPACE = Space(MOVES, {"look": (-1, 0, 1)})


def truth(choice: Choice) -> tuple[float, float, float]:
    """Time, cost and quality without chance: moves save time, and do harm in quality or money; people cost."""
    empower, automate, eliminate, other, people = choice
    time = 20 - 3.1 * empower - 2.3 * automate - 4.6 * eliminate - 1.7 * (people - 1) + 0.7 * other
    time += 1.9 * empower * eliminate
    quality = 1 + 2 * eliminate + 0.5 * other + 0.3 * empower + 0.2 * automate - 0.1 * people
    return time, 100 + 40 * (people - 1) + 25 * automate, quality


def played(point: Point) -> Point:
    """A point with its plays: what chance does to a play is mostly common to all."""
    time, cost, quality = truth(point.choice)
    rows = []
    for replication in range(point.target):
        common = np.random.default_rng(replication).normal()
        own = np.random.default_rng([replication, *point.choice]).normal(size=2)
        rows.append((time + common + 0.2 * own[0], quality + 0.2 * common + 0.02 * own[1]))
    return replace(point, cost=cost, plays=tuple(rows))


def searched(
    plays: int, rounds: int = 1000, points: dict[Choice, Point] | None = None
) -> dict[Choice, Point]:
    found = dict(points or {})
    for _round in range(rounds):
        wanted = next_round(list(found.values()), SPACE, plays, seed=3)
        if not wanted:
            break
        found |= {each.choice: played(each) for each in wanted}
    return found


def best() -> set[Choice]:
    values = {choice: truth(choice) for choice in SPACE.all()}
    return {
        choice
        for choice, own in values.items()
        if not any(
            other != own and all(a <= b for a, b in zip(other, own, strict=True)) for other in values.values()
        )
    }


def test_the_front_is_that_of_enumeration() -> None:
    assert {each.choice for each in front(list(searched(800).values()))} == best()


def test_where_not_everything_can_be_played_most_of_the_front_is_found() -> None:
    found = searched(200)
    assert len(found) < SPACE.size
    assert sum(len(each.plays) for each in found.values()) <= 200
    assert len({each.choice for each in front(list(found.values()))} & best()) >= len(best()) / 2


def test_what_is_bad_is_played_little() -> None:
    found = searched(800).values()
    good = [len(each.plays) for each in found if each.choice in best()]
    bad = [len(each.plays) for each in found if any(surely_beats(other, each) for other in found)]
    assert min(good) > max(FIRST, np.median(bad))
    assert max(good) <= MOST


@pytest.mark.parametrize("broken_off", [1, 2, 4])
def test_it_goes_on_where_it_was_broken_off_as_if_it_never_had_been(broken_off: int) -> None:
    assert searched(400, points=searched(400, broken_off)) == searched(400)


def point(*plays: tuple[float, float], cost: float = 0.0, choice: Choice = (0,)) -> Point:
    return Point(choice, cost, plays)


def test_common_chances_make_small_differences_sure() -> None:
    one = point((10.0, 1.0), (20.0, 1.0), (31.0, 1.0), choice=(1,))
    other = point((11.0, 1.0), (21.0, 1.0), (32.0, 1.0))
    assert surely_beats(one, other)
    assert surely_not(other, one)
    assert not surely_beats(other, one)
    noisy = point((12.0, 1.0), (19.0, 1.0), (33.0, 1.0))
    assert beats(one, noisy)
    assert not surely_beats(one, noisy)
    assert rivals(noisy, [one, noisy]) == [one]


def test_what_costs_more_beats_nothing_and_what_is_alike_neither() -> None:
    one, other = point((1.0, 0.0), (1.0, 0.0), cost=2.0), point((2.0, 0.0), (2.0, 0.0), choice=(1,))
    assert surely_not(one, other)
    assert surely_not(other, one)
    assert surely_not(one, replace(one, choice=(1,)))
    assert len(front([one, replace(one, choice=(1,))])) == 1


def test_what_never_ends_is_beaten_and_what_is_impossible_is_left_out() -> None:
    ends, never = point((1.0, 0.0), (2.0, 0.0)), point((np.nan, np.nan), (np.nan, np.nan), choice=(1,))
    assert surely_beats(ends, never)
    assert front([ends, never, Point((2,), is_possible=False)]) == [ends]


def test_moves_of_a_choice_change_people_first() -> None:
    assert [each.key for each in SPACE.moves_of((1, 0, 0, 0, 0))] == ["fewer_people", "empower"]
    assert SPACE.moves_of(SPACE.present) == []
    assert SPACE.size == len(list(SPACE.all())) == 48
