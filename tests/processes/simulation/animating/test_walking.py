"""Moves of a play: each case walks without a gap from where it comes to where it ends, in order."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from kinflow.processes.simulation.animating import walking
from kinflow.processes.simulation.animating.counting import numbers_at
from kinflow.processes.simulation.animating.telling import Side, animation_told, drawn_ways, tables_of
from kinflow.processes.simulation.animating.walking import BORDER, Shown, shown
from kinflow.processes.simulation.plays import SEED
from kinflow.processes.simulation.scenario import DAY, HOUR, Arrivals, Flow, Scenario, Staff, Step, Times
from kinflow.processes.simulation.simulating import simulate
from tests.processes.simulation.whatif.given import office


def side_by_side() -> Scenario:
    """Two steps at once for each case, by one person who does two things at a time; then a third alone."""
    steps = (
        Step("in", "in", "start"), Step("both", "both", "fork"),
        Step("a", "a", "task", "r", Times("fixed", 2 * HOUR)), Step("b", "b", "task", "r", Times("fixed", HOUR)),
        Step("join", "join", "fork"), Step("c", "c", "auto", times=Times("fixed", HOUR)), Step("out", "out", "end"),
    )  # fmt: skip
    ways = (
        ("in", "both"),
        ("both", "a"),
        ("both", "b"),
        ("a", "join"),
        ("b", "join"),
        ("join", "c"),
        ("c", "out"),
    )
    flows = tuple(Flow(*way) for way in ways)
    moments = Arrivals(moments=tuple(HOUR * 10 * each for each in range(1, 20)))
    return Scenario(steps, flows, (Staff("Ann", {"r": 1.0}, capacity=2),), moments, lasts=10 * DAY)


def test_what_is_shown_begins_after_the_warm_up_and_lasts_as_long_as_asked() -> None:
    found = shown([office(weeks=4)])
    assert found.begins == 2 * DAY
    assert found.lasts == 4 * 7 * DAY - 2 * DAY
    assert shown([office(weeks=20)]).lasts == walking.LONGEST


def test_every_case_that_comes_ends_or_is_still_open() -> None:
    [side] = shown([office(weeks=2)]).sides
    came = side.source == BORDER
    ends = side.target == BORDER
    lasts = 13 * DAY
    assert (came & (side.left >= 0)).sum() == (side.arrival >= 0).sum() > 50
    assert ends.sum() == (side.finish < lasts).sum() > 50


def test_moves_are_in_order_and_each_goes_on_where_another_ended() -> None:
    [side] = shown([office(weeks=2)]).sides
    assert (np.diff(side.left) >= 0).all()
    for early, late in pairwise(("left", "wanted", "begun", "done")):
        assert (getattr(side, early) <= getattr(side, late)).all()
    ended = {(step, at) for step, at in zip(side.target.tolist(), side.done.tolist(), strict=True)}
    within = (side.source != BORDER) & (side.left >= 0)
    gone = set(zip(side.source[within].tolist(), side.left[within].tolist(), strict=True))
    assert gone <= ended


def test_delays_are_part_of_the_way_and_no_step_of_their_own() -> None:
    [side] = shown([office(weeks=2)]).sides
    kinds = {side.scenario.steps[each].kind for each in side.target.tolist() if each != BORDER}
    assert kinds == {"task"}
    ids = [each.id for each in side.scenario.steps]
    look, approve = ids.index("step 0"), ids.index("step 1")
    way = (side.source == look) & (side.target == approve) & (side.wanted < 12 * DAY)
    assert set((side.wanted - side.left)[way].tolist()) == {3 * HOUR}


def test_the_numbers_are_those_of_the_play() -> None:
    scenario = office(weeks=2, an_hour=3.0)
    found = shown([scenario])
    played, [side] = simulate(scenario, SEED), found.sides
    since = 14 * DAY - found.lasts
    for moment in (2 * DAY + 11 * HOUR, 6 * DAY + 15 * HOUR, 9 * DAY + 12 * HOUR):
        numbers, at = numbers_at(side, moment), moment + since
        for code, step in enumerate(scenario.steps):
            here = (played.step == code) & (step.kind == "task")
            working = here & (played.start >= 0) & (played.start <= at) & (at < played.end)
            begun = np.where(played.start < 0, played.until, played.start)
            assert numbers.waiting.get(code, 0) == (here & (played.ready <= at) & (at < begun)).sum()
            assert numbers.in_work.get(code, 0) == working.sum()
            assert numbers.people.get(code, 0) == len(set(played.staff[working].tolist()))
        assert numbers.open == ((played.arrival <= at) & (at < played.finish)).sum()


def test_two_steps_at_once_are_two_dots_that_go_on_as_one() -> None:
    found = shown([side_by_side()])
    ids = ["in", "both", "a", "b", "join", "c", "out", ""]
    [side] = found.sides
    ways = {(ids[a], ids[b]) for a, b in zip(side.source.tolist(), side.target.tolist(), strict=True)}
    assert ways == {("", "a"), ("", "b"), ("a", "c"), ("c", "")}
    first = int(side.begun[side.target == ids.index("a")][0])
    numbers = numbers_at(side, first + HOUR // 2)
    assert (numbers.in_work, numbers.people) == ({2: 1, 3: 1}, {2: 1, 3: 1})


def test_somebody_who_does_two_things_at_one_step_is_one_person() -> None:
    moments, ann = Arrivals(moments=(2 * DAY, 2 * DAY + HOUR // 2)), Staff("Ann", {"r": 1.0}, capacity=4)
    both = replace(side_by_side(), arrivals=moments, staff=(ann,))
    [side] = shown([both]).sides
    numbers = numbers_at(side, DAY + 3 * HOUR // 4)
    assert (numbers.in_work[2], numbers.people[2]) == (2, 1)


def test_no_more_is_shown_than_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MOST_MOVES", 60)
    short = shown([office(weeks=4)])
    assert HOUR <= short.lasts < 10 * DAY
    assert len(short.sides[0].left) <= 60
    monkeypatch.setattr(walking, "MOST_CASES", 5)
    assert (shown([office(weeks=4)]).sides[0].arrival >= 0).sum() <= 5


def test_two_sides_are_shown_over_the_same_time_and_the_same_again() -> None:
    slow = replace(office(weeks=2, an_hour=2.0), staff=office().staff[1:])
    one, two = shown([office(weeks=2), slow]), shown([office(weeks=2), slow])
    assert len(one.sides) == 2
    assert all((a.left == b.left).all() for a, b in zip(one.sides, two.sides, strict=True))


def told(found: Shown) -> tuple[list[Side], dict[str, Any]]:
    sides = [Side("now", str.upper)]
    return sides, animation_told(found, sides)


def test_it_is_told_as_graph_moves_and_tables() -> None:
    found = shown([office(weeks=2)])
    sides, answer = told(found)
    assert [each["label"] for each in answer["steps"]] == ["STEP 0", "STEP 1", "STEP 2"]
    assert answer["begins"] == "1970-01-02T00:00:00"
    [side] = answer["sides"]
    assert len(side["moves"]) == len(found.sides[0].left) == sum(each["count"] for each in answer["ways"])
    tables = tables_of(found, sides)
    assert [each["title"] for each in tables] == [
        "Cases that wait",
        "Work begun and not done",
        "People at work",
    ]
    assert {len(numbers) for each in tables for _name, numbers in each["rows"]} == {8}


def test_rare_ways_are_not_drawn_but_every_step_stays_connected() -> None:
    ways = {("", "a"): 100, ("a", ""): 97, ("a", "b"): 2, ("a", "a"): 1, ("b", ""): 2}
    assert drawn_ways(ways) == {("", "a"), ("a", ""), ("a", "b"), ("b", "")}
