"""Before and after: paired figures, warnings, pictures; moves that findings propose."""

import json
from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.simulation.plays import play_once, warmed
from kinflow.processes.simulation.replications import figure
from kinflow.processes.simulation.scenario import HOUR
from kinflow.processes.simulation.whatif.border_moves import Buffer, MoveOutside
from kinflow.processes.simulation.whatif.comparing import Pair, difference, versatility
from kinflow.processes.simulation.whatif.moves import applied, fits
from kinflow.processes.simulation.whatif.order_moves import Merge, Reorder
from kinflow.processes.simulation.whatif.people_moves import AddPeople, CaseManager, CrossTrain
from kinflow.processes.simulation.whatif.proposing import proposed
from kinflow.processes.simulation.whatif.quality_moves import CaptureAtSource
from kinflow.processes.simulation.whatif.telling import between, tone_of
from kinflow.processes.simulation.whatif.way_moves import Automate, Eliminate, Empower

from .given import compared, office


def test_the_same_process_differs_from_itself_in_nothing():
    found = compared(office(), office(), 3)
    assert all(
        row["difference"] == [0.0, 0.0, 0.0] for row in found["rows"].values() if row["before"][0] is not None
    )


def test_common_chances_make_the_interval_of_a_difference_narrower_than_that_of_a_side():
    found = compared(office(weeks=8), applied(office(weeks=8), [Empower("step 1", 50)]), 6)
    row = found["rows"]["cycle_mean"]
    assert row["difference"][2] < 0
    assert row["difference"][0] == pytest.approx(row["after"][0] - row["before"][0])
    widths = {name: each[2] - each[1] for name, each in row.items()}
    assert widths["difference"] < widths["before"] + widths["after"]


def test_differences_are_those_play_by_play_and_may_be_below_nothing():
    found = difference([5.0, 9.0, np.nan, 7.0], [4.0, 8.5, 3.0, 5.5])
    assert found.mean == pytest.approx(-1.0)
    assert found.low < -1.0 < found.high
    assert figure([1.0, 0.5, 1.5]).high - 1.0 == pytest.approx(-1.0 - found.low)
    assert np.isnan(difference([1.0], [2.0]).low)


def test_a_side_with_too_much_work_is_told_to_grow_for_ever():
    flooded = office(an_hour=12.0, weeks=1)
    found = compared(flooded, applied(flooded, [AddPeople("look", 8)]), 5)
    assert found["unstable"][0]
    assert "look" in found["overloaded"][0]
    assert "look" not in found["overloaded"][1]


def test_plays_can_be_played_anywhere_in_any_order_and_tell_the_same_to_the_last_bit():
    moves = [Eliminate("step 1")]
    sides = office(weeks=8), applied(office(weeks=8), moves)
    whole = compared(*sides, 3, moves)
    first = Pair(*sides, moves).play(0)
    apart = {number: Pair(*sides, moves, days=first["days"]).play(number) for number in (5, 1, 3, 4, 2)}
    told = [json.loads(json.dumps(each)) for _number, each in sorted({0: first, **apart}.items())]
    assert repr(Pair(*sides, moves).figures(told)) == repr(whole)


def test_more_people_who_could_do_a_step_are_more_flexible():
    trained = applied(office(), [CrossTrain("look", "approve", 1.0)])
    assert versatility(office()) == pytest.approx(5 / 3)
    assert versatility(trained) == pytest.approx(7 / 3)


@pytest.mark.parametrize(
    ("name", "interval", "tone"),
    [
        ("cycle_mean", [-2.0, -3.0, -1.0], "good"),
        ("cycle_mean", [2.0, 1.0, 3.0], "bad"),
        ("throughput", [2.0, 1.0, 3.0], "good"),
        ("throughput", [-2.0, -3.0, -1.0], "bad"),
        ("cost", [-1.0, -3.0, 1.0], ""),
        ("cost", [None, None, None], ""),
    ],
)
def test_better_or_worse_is_said_only_beyond_chance(name: str, interval: list[float | None], tone: str):
    assert tone_of(name, interval) == tone


@pytest.mark.parametrize(
    ("practices", "facts", "moves"),
    [
        (
            ("task_elimination", "empower"),
            {"step": "approve", "rate": 0.1},
            [Eliminate("step 1"), Empower("step 1", 90)],
        ),
        (("task_composition",), {"step": "look", "between": "approve"}, [Merge("step 0", "step 1", "look")]),
        (("case_manager",), {"step": "look", "between": "approve"}, [CaseManager(("look", "approve"))]),
        (("knock_out", "resequencing"), {"step": "approve"}, [Reorder("step 0", "step 1")]),
        (("resequencing", "extra_resources"), {"step": "approve"}, [AddPeople("approve")]),
        (("extra_resources", "outsourcing"), {"step": "look"}, [AddPeople("look"), MoveOutside("step 0")]),
        (("buffering",), {"step": "approve"}, [Buffer("step 1")]),
        (("buffering",), {"step": "look"}, []),
        (("contact_reduction",), {"step": "look"}, [CaptureAtSource("step 0", again=80)]),
        (("integral_technology",), {"step": "approve"}, [CaptureAtSource("step 1")]),
        (("specialist_generalist",), {"step": "approve"}, [CrossTrain("look", "approve")]),
        (("task_automation", "order_based_work"), {"step": "answer"}, [Automate("step 2")]),
        (("task_elimination",), {"step": "unheard of"}, []),
        (("empower",), {"unit": "Sales"}, []),
    ],
)
def test_a_finding_proposes_moves_that_fit(
    practices: tuple[str, ...], facts: dict[str, object], moves: list[object]
):
    assert proposed(practices, facts, office()) == moves


def test_for_a_step_of_nobody_only_the_wait_before_it_can_be_spared():
    steps = tuple(
        replace(each, kind="auto", role="") if each.id in ("step 0", "step 1") else each
        for each in office().steps
    )
    scenario = replace(office(), steps=steps)
    practices = ("extra_resources", "task_automation")
    (at_once,) = proposed(practices, {"step": "approve"}, scenario)
    assert at_once == Automate("step 1", at_once=True)
    assert proposed(practices, {"step": "look"}, scenario) == []
    assert not fits(Automate("step 1"), scenario)
    before, after = (play_once(warmed(each), 0)[0] for each in (scenario, applied(scenario, [at_once])))
    assert after.cycle_mean < before.cycle_mean - HOUR


def test_a_difference_in_time_of_nothing_is_no_time_and_not_at_once() -> None:
    assert between([0.0, 0.0, 0.0], "times", signed=True) == {"mean": "0 min", "between": "0 min to 0 min"}
    assert between([0.0, 0.0, 0.0], "times")["mean"] == "at once"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.006, "+0.0060"),
        (-0.04, "−0.040"),
        (0.3, "+0.30"),
        (0.0, "0.00"),
        (0.00002, "0.00"),
        (12.3456, "+12.35"),
    ],
)
def test_a_small_difference_does_not_read_as_none(value: float, words: str) -> None:
    assert between([value, value, value], "", signed=True)["mean"] == words
