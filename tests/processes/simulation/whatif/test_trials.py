"""Suggested moves that were tried: what helped comes first, what did harm last, with what came of it."""

from dataclasses import replace

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
from kinflow.processes.simulation.calibrating.models import Calibration
from kinflow.processes.simulation.scenario import HOUR
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.moves import told_move
from kinflow.processes.simulation.whatif.people_moves import CrossTrain
from kinflow.processes.simulation.whatif.suggesting import suggested, trials_for, tried_moves
from kinflow.processes.simulation.whatif.telling import headline
from kinflow.processes.simulation.whatif.trials import Trial, trial_in
from kinflow.processes.simulation.whatif.trying import tried, with_others
from kinflow.processes.simulation.whatif.way_moves import Automate, Eliminate, Empower
from kinflow.records.access import PROCESS_OWNER
from tests.processes.studio.test_pages import client_of, words_of

from .given import STAFF, office
from .test_pages import ADDRESS, done
from .test_suggesting import process as process

pytestmark = pytest.mark.django_db
FIRST, SECOND, AUTOMATE = Eliminate("step 1"), Empower("step 1", 90), Automate("step 2")


def trial(change: float, **more: float) -> Trial:
    """A trial in which cases took ten hours before, and so much of it more after, surely."""
    found = {"cycle_mean": change, **more}
    rows = {
        name: (10.0 * HOUR, [each * 10 * HOUR, each * 9 * HOUR, each * 11 * HOUR])
        for name, each in found.items()
    }
    return Trial(8, rows)


def keep(process: Process, **outcomes: float) -> None:
    """Keep with the calibration what came of moves, by how much more time cases took."""
    moves = {"first": FIRST, "second": SECOND, "automate": AUTOMATE}
    trials = [
        {
            "move": told_move(moves[name]),
            "times": 8,
            "rows": {
                key: {"before": one, "difference": list(off)} for key, (one, off) in trial(by).rows.items()
            },
        }
        for name, by in outcomes.items()
    ]
    last = Calibration.objects.filter(process=process)[0]
    finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=last.scenario,
        facts=last.facts | {"trials": trials},
        holdout=last.holdout,
        by=SYSTEM,
    )


def moves_of(process: Process) -> list[object]:
    return [each.move for each in suggested(process, office(), SYSTEM)]


def test_what_changes_by_less_than_a_hundredth_or_by_chance_is_told_as_no_difference() -> None:
    assert trial(-0.2).outcome == "better"
    assert trial(0.2).outcome == "worse"
    assert trial(0.2, work=-0.1).outcome == "mixed"
    assert trial(0.005).outcome == "none"
    assert Trial(8, {"cycle_mean": (10.0, [-2.0, -5.0, 1.0])}).outcome == "none"
    assert Trial(8, {"cycle_mean": (10.0, [None, None, None])}).outcome == "none"


def test_it_is_told_in_words() -> None:
    assert trial(-0.2, work=0.3).words == (
        "Tried in 8 plays: cases take 20.0 % less time, there is 30.0 % more work on a case."
    )
    assert trial(0.0).words == "Tried in 8 plays: hardly anything changes that the simulation knows."


def test_where_cases_take_as_long_the_headline_tells_what_else_changes() -> None:
    def told(work: float) -> str:
        rows = {
            "cycle_mean": {"before": [9e9, 8e9, 1e10], "difference": [1.0, -2.0, 4.0]},
            "work": {"before": [100.0, 90.0, 110.0], "difference": [work, work - 0.1, work + 0.1]},
            "rework": {"before": [None, None, None], "difference": [None, None, None]},
        }
        return headline(WhatIf(times=8, figures={"rows": rows}))

    assert told(-16.0) == (
        "No difference in cycle time beyond chance, but there is 16.0 % less work on a case."
    )
    assert told(0.5) == "No difference in cycle time beyond chance."


def test_what_did_harm_comes_last_and_what_helped_first(process: Process) -> None:
    keep(process, first=0.3, automate=-0.2)
    assert moves_of(process) == [AUTOMATE, SECOND, FIRST]
    keep(process, second=0.0)
    assert moves_of(process) == [FIRST, AUTOMATE, SECOND]


def test_a_what_if_of_one_move_tells_what_came_of_it(process: Process) -> None:
    done(process, **told_move(FIRST))
    (found,) = trials_for(process).items()
    before, (mean, _low, _high) = found[1].rows["cycle_mean"]
    assert (found[0], found[1].times) == (FIRST, 2)
    assert mean < -0.1 * before


def test_pages_and_the_api_tell_what_came_of_a_suggestion(process: Process) -> None:
    keep(process, first=0.3)
    owner = client_of("owner", PROCESS_OWNER)
    assert "cases take 30.0 % more time" in words_of(owner, f"{ADDRESS}new/")
    searches = owner.get("/processes/office/move-searches/").content.decode()
    assert "cases take 30.0 % more time" in searches
    assert searches.count("checked") == 4
    told = owner.get(f"/api/v1/processes/{process.pk}/move-suggestions").json()
    assert [each["trial"] and each["trial"]["outcome"] for each in told] == [None, None, "worse"]


def test_suggestions_are_tried_when_a_process_was_calibrated(process: Process) -> None:
    found = tried(process, office(weeks=2), lambda _share: True)
    assert found is not None
    outcomes = {each["move"]["move"]: trial_in(each).outcome for each in found}
    assert outcomes["eliminate"] == "better"
    assert [each["move"] for each in found][:2] == [told_move(FIRST), told_move(SECOND)]
    assert tried(process, office(weeks=2), lambda _share: False) is None


def test_of_those_who_could_learn_a_role_who_did_best_is_suggested(process: Process) -> None:
    crew = (*STAFF, replace(STAFF[0], name="Dot", skills={"sell": 1.0}))
    scenario = replace(office(), staff=crew)
    usual, other = with_others(CrossTrain("look", "approve"), scenario)
    assert (usual, other) == (CrossTrain("look", "approve"), CrossTrain("sell", "approve"))
    finding = replace(
        suggested(process, scenario, SYSTEM)[0].finding.finding, moves=("specialist_generalist",)
    )
    assert [each for each, _trial in tried_moves(finding, scenario, {})] == [usual]
    better = {usual: trial(0.2), other: trial(-0.2)}
    assert [each for each, _trial in tried_moves(finding, scenario, better)] == [other]
