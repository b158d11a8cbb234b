"""Moves made in models: what they change, that what was sound stays sound, and what does not fit."""

from typing import Any

import pytest

from kinflow.processes.bpmn.model import Model
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.plans import WAITS_FOR_PEOPLE, plan_of
from kinflow.processes.designs.shipped import SHIPPED, Shipped
from kinflow.processes.designs.soundness import unsound
from kinflow.processes.redesigns.charts import Chart
from kinflow.processes.redesigns.moves import changes_model, make
from kinflow.processes.redesigns.places import DoesNotFit, Places
from kinflow.processes.simulation.whatif.border_moves import Buffer, MoveOutside, Unbuffer
from kinflow.processes.simulation.whatif.kinds import Move
from kinflow.processes.simulation.whatif.moves import MOVES
from kinflow.processes.simulation.whatif.order_moves import Merge, Parallelise, Reorder
from kinflow.processes.simulation.whatif.people_moves import CaseManager, CrossTrain
from kinflow.processes.simulation.whatif.way_moves import Automate, Batching, Eliminate, Empower, Triage
from tests.processes.execution.drawn import bpmn

LOW = {"condition": {"field": "discount", "op": "at_most", "value": 10}}
ROW = bpmn("s start; a task; b task; c task; e end", "s a; a b; b c; c e")


def quote() -> Shipped:
    return next(each for each in SHIPPED if each.key == "quote")


def made(content: bytes, move: Move, bindings: Any = (), conditions: Any = ()) -> tuple[Model, Chart]:
    model = read_bpmn(content)
    chart = Chart(model, dict(bindings))
    own = {each.id: each.id for each in model.elements}
    make(chart, move, Places(own, dict.fromkeys(own, "anybody"), dict(conditions)), 0)
    return chart.tidied(), chart


def order_of(model: Model) -> str:
    """The elements in the order of the flow, for models without branches."""
    ahead, at, found = {f.source: f.target for f in model.flows}, "s", []
    while at != "e":
        at = ahead[at]
        found.append(at)
    return "".join(found[:-1])


def test_an_approval_left_out_takes_its_decision_with_it() -> None:
    model, chart = made(quote().file(), Eliminate("approve"), quote().bindings)
    names = {e.id for e in model.elements}
    assert not {"approve", "said", "high"} & names
    assert {f.target for f in model.flows if f.source == "write"} == {"send"}
    assert model.is_drawn
    assert "high_approve" not in chart.bindings
    assert chart.bindings["send"] == quote().bindings["send"]


def test_a_policy_is_a_way_past_the_approval_to_where_an_approved_case_goes() -> None:
    model, chart = made(quote().file(), Empower("approve", 80), quote().bindings, {0: LOW["condition"]})
    choice = next(e for e in model.elements if e.name == "Within the policy?")
    ways = {f.target: f.id for f in model.flows if f.source == choice.id}
    assert set(ways) == {"approve", "send"}
    assert choice.default == ways["approve"]
    assert dict(choice.names)["zh-hans"] == "在政策范围内？"
    assert chart.bindings[ways["send"]] == LOW
    assert chart.bindings["said_send"] == quote().bindings["said_send"]


def test_steps_in_a_row_are_merged_swapped_and_put_side_by_side() -> None:
    merged, _chart = made(ROW, Merge("a", "b"))
    assert order_of(merged) == "ac"
    assert next(e.name for e in merged.elements if e.id == "a") == "a + b"
    swapped, _chart = made(ROW, Reorder("a", "b"))
    assert order_of(swapped) == "bac"
    beside, _chart = made(ROW, Parallelise("a", "b"))
    split = next(f.target for f in beside.flows if f.source == "s")
    assert {f.target for f in beside.flows if f.source == split} == {"a", "b"}
    assert len({f.target for f in beside.flows if f.source in "ab"}) == 1


def test_other_moves_change_who_or_what_does_the_step() -> None:
    automated, chart = made(ROW, Automate("b"), {"b": {"kind": "task"}})
    assert next(e.kind for e in automated.elements if e.id == "b") == "serviceTask"
    assert not chart.bindings
    _model, chart = made(ROW, CaseManager(("anybody",)), {"b": {"kind": "call", "assign": "scoring"}})
    assert chart.bindings["b"] == {"kind": "call", "assign": "owner"}
    triaged, _chart = made(ROW, Triage("big", "b"))
    assert [e.name for e in triaged.elements if e.kind == "exclusiveGateway"] == ["big?"]
    outside, chart = made(ROW, MoveOutside("b"), {"b": {"kind": "task"}})
    assert next(e.kind for e in outside.elements if e.id == "b") == "receiveTask"
    assert not chart.bindings
    assert not changes_model(CrossTrain("a", "b"))
    for key in ("cross_train", "add_people", "change_hours", "standardise"):
        assert not changes_model(MOVES[key]())


def test_what_does_not_fit_is_said() -> None:
    for move in (
        Merge("a", "c"),
        Reorder("a", "c"),
        Parallelise("c", "a"),
        Eliminate("nowhere"),
        MoveOutside("b", 40),
    ):
        with pytest.raises(DoesNotFit):
            made(ROW, move)


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda each: each.key)
def test_what_was_sound_stays_sound_whatever_is_moved(shipped: Shipped) -> None:
    content = shipped.file()
    flows = read_bpmn(content).flows
    tasks = [e.id for e in read_bpmn(content).elements if e.kind in WAITS_FOR_PEOPLE]
    moves: list[Move] = [
        kind(each) for each in tasks for kind in (Eliminate, Automate, Empower, Buffer, Unbuffer)
    ]
    moves += [kind for each in tasks for kind in (Batching(each, 10), Batching(each, 1), Buffer(each, 100))]
    ahead = {(f.source, g.target) for f in flows for g in flows if f.target in (g.source, g.target)}
    pairs = [(a, b) for a in tasks for b in tasks if a != b and (a, b) in ahead]
    moves += [kind(a, b) for a, b in pairs for kind in (Merge, Parallelise, Reorder)]
    fitting = 0
    for move in moves:
        try:
            model, _chart = made(content, move, shipped.bindings)
        except DoesNotFit:
            continue
        fitting += 1
        plan, faults = plan_of(model)
        assert plan is not None, (move, faults)
        assert not unsound(model, plan), move
    assert fitting >= len(tasks)
