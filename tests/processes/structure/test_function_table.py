"""Who does, decides, is asked and is told, counted from events."""

import numpy as np

from kinflow.processes.definitions.steps import Step
from kinflow.processes.structure.deciding import decisions_in, requests_in
from kinflow.processes.structure.functions.grouping import Groups
from kinflow.processes.structure.functions.table import answers_to, blocks, count_functions, gathered
from tests.processes.given import log_of

from .given import ANN, BO, CY, DESK, DI, EAST, SALES, WEST, paper

UNITS = {"Ann": "Sales", "Bo": "Sales", "Di": "Service"}
LOG = log_of(
    [
        ("one", "quote", 1, "Ann"),
        ("one", "ask", 2, "Ann"),
        ("one", "stamp", 3, None),
        ("one", "approve", 4, "Di"),
        ("one", "send", 5, "Bo"),
        ("two", "quote", 1, "Bo"),
        ("two", "ask", 2, "Bo"),
        ("two", "approve", 3, "Bo"),
        ("three", "quote", 1, "Di"),
    ],
    units=UNITS,
)
SALES_AT, SERVICE_AT = 0, 1


def counted() -> dict[str, tuple[list[int], list[int], list[int], list[int]]]:
    found = count_functions(LOG, LOG.unit, 2, requests={"ask": "approve"}, decisions={"approve"})
    return {
        LOG.activities[step]: tuple(
            each[row].tolist() for each in (found.does, found.decides, found.asked, found.told)
        )
        for row, step in enumerate(found.steps.tolist())
    }  # type: ignore[misc]


def test_who_did_a_step_does_it_and_decides_if_it_is_a_decision() -> None:
    does, decides, _asked, _told = counted()["approve"]
    assert does == [1, 1]
    assert decides == [1, 1]
    assert counted()["quote"][0] == [2, 1]
    assert counted()["quote"][1] == [0, 0]


def test_asked_is_who_did_the_work_that_another_unit_asked_for() -> None:
    assert counted()["ask"][2] == [0, 1]


def test_told_is_with_whom_the_case_goes_on_past_what_nobody_did() -> None:
    assert counted()["ask"][3] == [0, 1]
    assert counted()["approve"][3] == [1, 0]
    assert counted()["stamp"] == ([0, 0], [0, 0], [0, 0], [0, 0])


def test_a_log_in_small_pieces_counts_the_same() -> None:
    assert list(blocks(LOG, 2)) == [(0, 5), (5, 8), (8, 9)]
    assert list(blocks(log_of([]))) == []


def test_an_answer_is_looked_for_in_the_same_case_only() -> None:
    case, activity = np.array([0, 0, 1, 2, 2], np.int32), np.array([0, 1, 0, 1, 0], np.int32)
    asked, answer = answers_to(case, activity, 0, 1)
    assert asked.tolist() == [0]
    assert answer.tolist() == [1]


def test_steps_are_put_together_to_phases() -> None:
    found = count_functions(LOG, LOG.unit, 2)
    put = gathered(found, np.zeros(len(found.steps), np.int32), 1)
    assert put.times.tolist() == [9]
    assert put.does.tolist() == [[6, 2]]


def test_a_check_says_yes_or_no_and_an_end_is_good_or_bad() -> None:
    steps = (
        Step("won", "won", "Won", outcome="good"),
        Step("lost", "lost", "Lost", outcome="bad"),
        Step("check", "check", "Check"),
        Step("call", "call", "Call"),
    )
    done = {"won": 3, "lost=price": 2, "check=approved": 9, "check": 20, "call=reached": 7, "call=no": 2}
    assert decisions_in(done, steps) == {"won": "end", "lost": "end", "check": "check"}
    assert decisions_in({"won": 3}, steps) == {}


def test_a_request_and_its_work_have_the_same_topic() -> None:
    steps = (
        Step("ask:price", "customers.activity_planned", "", where={"topic": "price"}),
        Step("do:price", "customers.activity_finished", "", where={"topic": "price"}),
        Step("ask:other", "customers.activity_planned", "", where={"topic": "other"}),
    )
    assert requests_in(steps) == {"ask:price": "do:price"}


def test_units_are_put_together_on_a_level_of_the_chart() -> None:
    each, second = Groups(paper()), Groups(paper(), depth=2)
    assert each.of_unit(str(EAST), "East") != each.of_unit(str(WEST), "West")
    assert second.of_unit(str(EAST), "East") == second.of_unit(str(WEST), "West")
    (group,) = second.found.values()
    assert (group.key, group.name, group.above, group.units) == (str(SALES), "Sales", "", ["East", "West"])
    assert each.found[str(EAST)].above == "Sales"
    assert each.of_unit("", "Old unit") == 2
    assert each.of_unit("", "") == -1


def test_columns_stand_in_the_order_of_the_chart() -> None:
    groups = Groups(paper())
    for unit in (WEST, DESK, EAST):
        groups.of_unit(str(unit))
    assert [list(groups.found.values())[at].name for at in groups.order()] == ["East", "West", "Desk"]
    positions = Groups(paper(), by_position=True)
    assert positions.of_person(str(DI)) == 0
    assert {positions.of_person(str(pk)) for pk in (ANN, BO, CY)} == {1}
    assert [list(positions.found.values())[at].name for at in positions.order()] == [
        "Representative",
        "Agent",
    ]
