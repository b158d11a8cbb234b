"""Moves: scenarios stay playable, chances stay chances, and only what the move is about changes."""

import json
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.simulation.calibrating.fitting import quantiles
from kinflow.processes.simulation.refusing import check_scenario
from kinflow.processes.simulation.scenario import HOUR, MINUTE, Batch, Flow, Scenario, Staff, Times
from kinflow.processes.simulation.simulating import simulate
from kinflow.processes.simulation.whatif.border_moves import Buffer, MoveOutside, Unbuffer
from kinflow.processes.simulation.whatif.kinds import Move, fitting, wrong_in
from kinflow.processes.simulation.whatif.moves import MOVES, applied, move_of, told_move
from kinflow.processes.simulation.whatif.order_moves import Merge, Parallelise, Reorder
from kinflow.processes.simulation.whatif.organising.moves import CaseTeam, MoveDecision
from kinflow.processes.simulation.whatif.people_moves import (
    AddPeople,
    CaseManager,
    ChangeHours,
    CrossTrain,
    FewerPeople,
)
from kinflow.processes.simulation.whatif.quality_moves import CaptureAtSource, Standardise, evened
from kinflow.processes.simulation.whatif.way_moves import Automate, Batching, Eliminate, Empower, Triage

from .given import alike, office

ALL: list[Move] = [
    Eliminate("step 1"),
    Eliminate("step 0"),
    Empower("step 1", 80),
    Triage("small", "step 1"),
    Automate("step 1", 5.0),
    Automate("step 1", 5.0, True),
    Batching("step 1", 5, 8),
    Merge("step 0", "step 1", "look"),
    Merge("step 1", "step 2", "approve"),
    Parallelise("step 0", "step 1"),
    Parallelise("step 1", "step 2"),
    Reorder("step 0", "step 1"),
    CaseManager(("look", "approve"), 1.5),
    CrossTrain("look", "approve", 1.3),
    AddPeople("look", 2),
    ChangeHours("look", 1, 2),
    FewerPeople("look", 1),
    CaseTeam(("look", "approve"), 1.5),
    MoveDecision("step 1", "look"),
    CaptureAtSource("step 0", 40),
    CaptureAtSource("step 0", 0, 90),
    Standardise("step 1", 60),
    Standardise("step 2", 50, 10),
    MoveOutside("step 1", 100, 30),
    MoveOutside("step 2", 40, 2),
    Buffer("step 1", 70, 2.5),
    Unbuffer("step 0", 5),
]
OF_UNITS = {"merge_units", "split_unit", "fewer_layers"}
"""Tried in `test_organising`: they change the chart, and delays or nothing of the process."""
IDS = [f"{move.key} {place}" for place, move in enumerate(ALL)]


def sums(scenario: Scenario) -> list[float]:
    """Chances out of each choice, for each kind and leaving."""
    found = []
    for step in scenario.steps:
        ways = [flow for flow in scenario.flows if flow.source == step.id]
        if step.kind != "choose":
            continue
        for kind in range(len(scenario.kinds)):
            rows = [way.chances[kind if len(way.chances) > 1 else 0] for way in ways]
            found += [sum(row[min(at, len(row) - 1)] for row in rows) for at in range(max(map(len, rows)))]
    return found


def done(scenario: Scenario, *steps: str) -> list[int]:
    """How often steps were done in a play."""
    played = simulate(scenario, 1)
    places = {step.id: place for place, step in enumerate(scenario.steps)}
    return [
        int(((played.step == places[step]) & played.is_done).sum()) if step in places else 0 for step in steps
    ]


@pytest.mark.parametrize("move", ALL, ids=IDS)
def test_after_a_move_every_case_can_be_played_to_its_end(move: Move):
    scenario = applied(office(), [move])
    check_scenario(scenario)
    assert min(sums(scenario)) > 0
    played = simulate(scenario, 3)
    assert not played.stopped
    assert (played.finish >= -1).all()


@pytest.mark.parametrize("move", ALL, ids=IDS)
def test_a_move_leaves_the_original_as_it_was_and_changes_it(move: Move):
    before = office()
    assert applied(before, [move]) != before
    assert before == office()
    assert applied(before, []) == before


@pytest.mark.parametrize("move", ALL, ids=IDS)
def test_a_move_changes_nothing_but_what_it_is_about(move: Move):
    before, after = office(), applied(office(), [move])
    assert (after.arrivals, after.kinds, after.lasts) == (before.arrivals, before.kinds, before.lasts)
    if isinstance(move, CaseManager | CrossTrain | AddPeople | FewerPeople | ChangeHours):
        assert (after.steps, after.flows) == (before.steps, before.flows)
        same = {each.name: each for each in after.staff}
        assert all(same[each.name].cost == each.cost for each in before.staff if each.name in same)
    else:
        assert (after.staff, after.calendars) == (before.staff, before.calendars)
        kept = {each.id: each for each in after.steps}
        touched = {getattr(move, name, "") for name in ("step", "first", "second")}
        assert all(kept.get(each.id, each) == each for each in before.steps if each.id not in touched)


@pytest.mark.parametrize("move", ALL, ids=IDS)
def test_a_move_is_the_same_after_it_was_written_and_has_words(move: Move):
    assert move_of(json.loads(json.dumps(told_move(move)))) == move
    assert "%(" not in move.words(lambda _kind, key: key)


def test_who_goes_is_neither_the_slowest_nor_the_fastest():
    speeds = {"Ann": 1.0, "Bo": 4.5, "Cai": 0.4, "Dan": 1.1}
    staff = tuple(Staff(name, {"look": factor}) for name, factor in speeds.items())
    staff = (*staff, Staff("Eve", {"look": 1.05, "approve": 1.0}))
    scenario = replace(office(), staff=staff)
    left = [
        {each.name for each in FewerPeople("look", count).apply(scenario).staff} for count in (1, 2, 3, 4)
    ]
    gone = [set(speeds) - names for names in left]
    assert gone == [{"Dan"}, {"Dan", "Ann"}, {"Dan", "Ann", "Cai"}, set(speeds)]


def test_every_move_is_tried():
    assert {move.key for move in ALL} | OF_UNITS == set(MOVES)


def test_moves_of_all_kinds_go_together():
    moves = [Merge("step 0", "step 1", "look"), AddPeople("look", 1), Triage("big", "step 0+step 1"), ALL[6]]
    with pytest.raises(Invalid) as refused:
        applied(office(), [*moves[:3], Batching("step 9", 2)])
    assert refused.value.errors[0].pointer == "/moves/3/step"
    check_scenario(applied(office(), moves[:3]))


def test_what_is_left_out_nobody_does_and_nobody_waits_for():
    scenario = applied(office(), [Eliminate("step 1")])
    assert not {"step 1", "wait 0 1"} & {each.id for each in scenario.steps}
    assert done(scenario, "step 1", "step 2")[0] == 0


def test_a_policy_lets_its_share_pass_and_the_others_have_the_step():
    before, after = office(weeks=40), applied(office(weeks=40), [Empower("step 1", 75)])
    assert done(after, "step 1")[0] / done(before, "step 1")[0] == pytest.approx(0.25, abs=0.04)
    assert done(after, "step 2")[0] == pytest.approx(done(before, "step 2")[0], rel=0.02)


def test_a_kind_of_case_passes_by_and_the_others_do_not():
    scenario = applied(office(), [Triage("small", "step 1")])
    played = simulate(scenario, 2)
    step = next(place for place, each in enumerate(scenario.steps) if each.id == "step 1")
    assert set(played.kind[played.case[played.step == step]].tolist()) == {0}


def test_merged_steps_are_one_piece_of_work_as_long_as_both():
    before, after = office(weeks=40), applied(office(weeks=40), [Merge("step 0", "step 1", "look")])
    both, first, second = done(after, "step 0+step 1", "step 0", "step 1")
    looked, approved = done(before, "step 0", "step 1")
    assert second == 0
    assert both == pytest.approx(approved, rel=0.05)
    assert both + first == pytest.approx(looked, rel=0.05)
    merged = next(each for each in after.steps if each.id == "step 0+step 1")
    assert merged.times.mean == pytest.approx(35 * MINUTE, rel=0.02)


def test_steps_side_by_side_are_done_as_often_and_cases_take_less_time():
    before, after = office(weeks=40), applied(office(weeks=40), [Parallelise("step 0", "step 1")])
    assert done(after, "step 1 beside")[0] == pytest.approx(done(before, "step 1")[0], rel=0.05)
    assert simulate(after, 1).cycle.mean() < simulate(before, 1).cycle.mean()


def test_who_is_refused_first_is_spared_the_rest():
    before, after = office(weeks=40), applied(office(weeks=40), [Reorder("step 0", "step 1")])
    early, first, second = done(after, "step 1 early", "step 0", "step 1")
    assert second == 0
    assert first / early == pytest.approx(
        0.9 * done(before, "step 0")[0] / len(simulate(before, 1).arrival), rel=0.1
    )


def test_the_delay_before_an_automatic_step_goes_only_if_asked():
    ids = [{each.id for each in applied(office(), [move]).steps} for move in ALL[4:6]]
    assert ["wait 0 1" in each for each in ids] == [True, False]


def test_trained_people_keep_their_own_speed_and_new_work_takes_longer():
    skills = {
        each.name: each.skills for each in applied(office(), [CrossTrain("look", "approve", 1.5)]).staff
    }
    assert skills["Bo"] == pytest.approx({"look": 1.2, "approve": 1.8})
    assert skills["Cid"] == {"approve": 1.0}


def test_new_people_are_like_the_others_and_have_names_of_their_own():
    staff = applied(office(), [AddPeople("look", 1), AddPeople("look", 1)]).staff
    assert len({each.name for each in staff}) == 5
    assert (staff[-1].calendar, staff[-1].cost, dict(staff[-1].skills)) == ("usual", 30.0, {"look": 1.0})


def test_hours_change_for_the_role_only_and_stay_within_the_day():
    scenario = applied(office(), [ChangeHours("approve", 10, 2)])
    of = {each.name: scenario.calendars[each.calendar].spans[0] for each in scenario.staff}
    assert of == {"Ann": (9 * HOUR, 17 * HOUR), "Bo": (9 * HOUR, 17 * HOUR), "Cid": (0, 19 * HOUR)}


@pytest.mark.parametrize(
    ("move", "name"),
    [
        (Eliminate("step 7"), "step"),
        (Empower("step 1", 0), "share"),
        (Empower("step 1", float("nan")), "share"),
        (Merge("step 0", "step 0", "look"), "second"),
        (Merge("step 2", "step 1", "look"), "second"),
        (Merge("step 0", "step 1", "nobody"), "role"),
        (Parallelise("step 2", "step 1"), "second"),
        (Reorder("step 2", "step 1"), "second"),
        (CaseManager(("look",)), "roles"),
        (CrossTrain("look", "look"), "role"),
        (AddPeople("look", 0), "count"),
        (ChangeHours("look", 0, 0), "later"),
        (Batching("step 1", 1), "size"),
        (Triage("huge", "step 1"), "kind"),
    ],
)
def test_what_does_not_fit_is_named(move: Move, name: str):
    assert [each.pointer for each in wrong_in(move, office())] == [f"/{name}"]
    with pytest.raises(Invalid):
        applied(office(), [move])


def test_without_kinds_of_cases_none_can_be_chosen():
    assert wrong_in(Triage("all", "step 1"), alike())


def test_work_that_was_collected_need_not_be():
    steps = tuple(
        replace(each, batch=Batch(4, HOUR)) if each.id == "step 1" else each for each in office().steps
    )
    scenario = applied(replace(office(), steps=steps), [Batching("step 1", 1)])
    assert all(each.batch is None for each in scenario.steps)


def test_a_step_cannot_go_where_a_loop_would_take_no_time():
    ring = (Flow("after 1", "step 1", ((0.2,),)), Flow("after 2", "step 2", ((0.1,),)))
    scenario = replace(office(), flows=(*office().flows, *ring))
    for move in (Eliminate("step 1"), Eliminate("step 2"), Empower("step 1", 50)):
        check_scenario(applied(scenario, [move]))


@pytest.mark.parametrize(
    "told", [{}, {"move": "x"}, {"move": "empower", "share": "much"}, {"move": "merge", "first": 3}]
)
def test_what_is_no_move_is_refused(told: dict[str, object]):
    with pytest.raises(Invalid):
        applied(office(), [move_of(told)])


def test_chains_of_moves_stay_playable_or_are_refused():
    draw, done_moves = np.random.default_rng(4), 0
    for _round in range(15):
        scenario = office(weeks=1)
        for place in draw.permutation(len(ALL))[:5].tolist():
            with suppress(Invalid):
                scenario = applied(scenario, [ALL[place]])
                done_moves += 1
        assert min(sums(scenario)) > 0
        assert (simulate(scenario, 5).finish >= -1).all()
    assert done_moves > 30


def test_only_steps_that_a_move_fits_can_be_picked() -> None:
    automated = applied(office(), [Automate("step 0")])
    assert fitting(Automate, "step", office()) == ["step 0", "step 1", "step 2"]
    assert fitting(Automate, "step", automated) == ["step 1", "step 2"]
    assert fitting(Merge, "first", automated) == ["step 1"]
    assert fitting(AddPeople, "role", office()) == ["approve", "look"]


def test_facts_captured_at_their_source_spare_work_and_returns():
    before, after = office(weeks=12), applied(office(weeks=12), [CaptureAtSource("step 0", 50, 100)])
    times = {step.id: step.times for step in after.steps}
    assert times["step 0"].mean == 10 * MINUTE
    cases = done(after, "step 2")[0]
    assert done(before, "step 0")[0] > 1.1 * cases
    back = {(flow.source, flow.target) for flow in after.flows} & {
        ("after 2", "step 0"),
        ("after 0", "step 0"),
    }
    assert not back


def test_of_returns_a_share_falls_away_for_every_kind_and_time():
    after = applied(office(), [CaptureAtSource("step 0", 0, 50)])
    ways = {(flow.source, flow.target): flow.chances for flow in after.flows}
    assert ways["after 2", "step 0"] == ((0.025, 0.0),) * 2
    assert ways["after 0", "step 0"] == ((0.05, 0.05), (0.1, 0.0))
    assert all(total == pytest.approx(1) for total in sums(after))


def test_returns_that_are_not_sure_are_none():
    wrong = wrong_in(CaptureAtSource("step 2", 0, 50), office())
    assert [each.pointer for each in wrong] == ["/again"]
    assert [each.pointer for each in wrong_in(CaptureAtSource("step 0", 0, 0), office())] == ["/work"]


@pytest.mark.parametrize(
    "shape", ["exponential", "gamma", "lognormal", "weibull", "uniform", "empirical", "given"]
)
def test_a_standardised_step_keeps_its_mean_and_halves_its_spread(shape: str):
    values = tuple(range(0, 101 * MINUTE, MINUTE)) if shape in ("empirical", "given") else ()
    mean, deviation = (50 * MINUTE, 29.155 * MINUTE) if values else (20 * MINUTE, 12 * MINUTE)
    before = Times(shape, mean, mean if shape == "exponential" else deviation, values)
    after = evened(before, 0.5)
    shares = (np.arange(2_000) + 0.5) / 2_000
    old, new = quantiles(before, shares), quantiles(after, shares)
    assert new.mean() == pytest.approx(old.mean(), rel=0.02)
    assert new.std() == pytest.approx(old.std() / 2, rel=0.03)
    assert evened(before, 1) == before


def test_rare_ways_close_and_the_usual_one_never():
    after = applied(office(), [Standardise("step 2", 0, 10)])
    assert {flow.target for flow in after.flows if flow.source == "after 2"} == {"end"}
    assert applied(office(), [Standardise("step 0", 10, 49)]).flows != office().flows
    assert done(applied(office(), [Standardise("step 0", 10, 49)]), "step 1")[0]


def test_nothing_to_standardise_is_said():
    assert [each.pointer for each in wrong_in(Standardise("step 2", 100), office())] == ["/spread"]


def test_who_does_a_step_outside_needs_nobody_of_ours():
    after = applied(office(weeks=12), [MoveOutside("step 1", 40, 10)])
    ours, theirs = done(after, "step 1", "step 1 outside")
    assert theirs / (ours + theirs) == pytest.approx(0.4, abs=0.06)
    assert next(step for step in after.steps if step.id == "step 1 outside").role == ""


def test_what_is_at_hand_is_not_waited_for():
    before, after = office(weeks=12), applied(office(weeks=12), [Buffer("step 1", 75, 3)])
    assert done(after, "wait 0 1")[0] / done(before, "wait 0 1")[0] == pytest.approx(0.25, abs=0.06)
    assert next(step.cost for step in after.steps if step.id == "step 1") == 3
    assert [each.pointer for each in wrong_in(Buffer("step 0"), office())] == ["/step"]


def test_what_is_fetched_when_it_is_needed_is_waited_for_every_time():
    after = applied(office(), [Unbuffer("step 2", 4)])
    fetched, answered = done(after, "fetch step 2", "step 2")
    assert fetched == answered > 0
    assert applied(after, [Buffer("step 2", 100)]).steps != after.steps
