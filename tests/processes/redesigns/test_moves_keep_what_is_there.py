"""What a move does not speak of stays: what both merged steps did, events on borders, and models that were sound."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from kinflow.processes.bpmn.model import ACTIVITIES, Model
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.designs.plans import plan_of
from kinflow.processes.designs.soundness import unsound
from kinflow.processes.redesigns.charts import Chart
from kinflow.processes.redesigns.moves import make
from kinflow.processes.redesigns.places import DoesNotFit, Places
from kinflow.processes.simulation.whatif.border_moves import Buffer, MoveOutside, Unbuffer
from kinflow.processes.simulation.whatif.kinds import Move
from kinflow.processes.simulation.whatif.order_moves import Merge, Parallelise, Reorder
from kinflow.processes.simulation.whatif.way_moves import Automate, Batching, Eliminate, Empower
from tests.processes.execution.blocks import Block, blocks, file_of
from tests.processes.execution.drawn import bpmn

from .test_moves_in_models import ROW, made

TELL = {"step": "tell", "parameters": {"to": "lead"}}
NOTE = {"step": "change_fields", "parameters": {"values": {"notes": "Seen"}}}
SEVERAL_STATES = "too_many_states"


def merged(bindings: dict[str, Any], role: str = "", content: bytes = ROW) -> tuple[Model, dict[str, Any]]:
    model = read_bpmn(content)
    chart, own = Chart(model, bindings), {each.id: each.id for each in model.elements}
    roles = {"a": "clerk", "b": "head", "c": "clerk"}
    make(chart, Merge("a", "b", role), Places(own, roles, {}), 0)
    return chart.tidied(), chart.bindings


def days(amount: int, **more: Any) -> dict[str, Any]:
    return {"due": {"amount": amount, "unit": "days"}, "working_time": True, **more}


def test_a_merged_task_is_for_whoever_the_move_says_has_time_for_both_and_what_decides_comes_out_of_it() -> (
    None
):
    both = {
        "a": days(2, kind="quote", assign="owner"),
        "b": days(1, kind="approval", assign="scoring"),
    }
    assert merged(both)[1] == {"a": days(3, kind="approval", assign="owner")}
    assert merged(both, "head")[1] == {"a": days(3, kind="approval", assign="scoring")}
    mixed = {"a": {"due": {"amount": 90, "unit": "minutes"}}, "b": days(1)}
    assert merged(mixed)[1] == {"a": days(1)}


def test_a_merged_task_asks_for_the_fields_of_both() -> None:
    both = {"a": {"kind": "task", "fields": ["need", "notes"]}, "b": {"fields": ["notes", "grade"]}}
    both["b"]["required"] = ["notes"]
    assert merged(both)[1] == {
        "a": {"kind": "task", "fields": ["need", "notes", "grade"], "required": ["notes"]}
    }


def test_the_program_does_all_that_it_did_in_both_steps() -> None:
    row = bpmn("s start; a auto; b auto; c task; e end", "s a; a b; b c; c e")
    assert merged({"a": {"do": [TELL]}, "b": {"do": [NOTE]}}, content=row)[1] == {"a": {"do": [TELL, NOTE]}}


@pytest.mark.parametrize("nodes", ["a task; b auto", "a auto; b task", "a task; b receiveTask"])
def test_a_person_does_not_do_what_the_program_did(nodes: str) -> None:
    with pytest.raises(DoesNotFit):
        merged({}, content=bpmn(f"s start; {nodes}; c task; e end", "s a; a b; b c; c e"))


def test_what_watched_the_second_step_watches_both() -> None:
    late = bpmn(
        "s start; a task; b task; late border on=b timer lets; w task; d end; c task; e end",
        "s a; a b; b c; c e; late w; w d",
    )
    model, _bindings = merged({}, content=late)
    assert {(e.id, e.attached_to) for e in model.elements if e.attached_to} == {("late", "a")}


def test_what_can_end_a_step_is_not_put_beside_another() -> None:
    late = bpmn(
        "s start; a task; b task; late border on=b timer; d end; c task; e end", "s a; a b; b c; c e; late d"
    )
    with pytest.raises(DoesNotFit):
        made(late, Parallelise("a", "b"))


@pytest.mark.parametrize("move", [Automate("b"), MoveOutside("b")])
def test_what_decided_by_the_result_of_a_task_that_is_none_any_more_is_to_be_said_anew(move: Move) -> None:
    said = bpmn("s start; a task; b task; x xor; c task; e end", "s a; a b; b x; x c; x a; c e")
    _model, chart = made(said, move, {"b": {"kind": "approval"}, "x_c": {"results": ["approved"]}})
    assert not chart.bindings


def test_what_the_second_step_decided_it_decides_beside_the_first() -> None:
    said = bpmn("s start; a task; b task; x xor; c task; e end", "s a; a b; b x; x c; x a; c e")
    _model, chart = made(said, Parallelise("a", "b"), {"x_c": {"results": ["approved"]}})
    assert chart.bindings == {"x_c": {"results": ["approved"], "of": "b"}}


def test_what_the_second_step_decided_later_both_decide_once_they_are_one() -> None:
    said = bpmn("s start; a task; b task; f task; x xor; c task; e end", "s a; a b; b f; f x; x c; x e; c e")
    chart = Chart(read_bpmn(said), {"x_c": {"results": ["approved"], "of": "b"}})
    own = {each: each for each in chart.elements}
    make(chart, Merge("a", "b", ""), Places(own, {}, {}), 0)
    assert chart.bindings == {"x_c": {"results": ["approved"], "of": "a"}}


@pytest.mark.slow
@given(blocks(2))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_sound_model_is_sound_and_whole_after_any_move_that_fits(block: Block) -> None:
    content = file_of(block)
    model = read_bpmn(content)
    plan, _faults = plan_of(model)
    if plan is None or unsound(model, plan):
        return
    for move in moves_in(model):
        try:
            after, _chart = made(content, move)
        except DoesNotFit:
            continue
        kept = read_bpmn(write_bpmn(after))
        assert {e.id for e in kept.elements} == {e.id for e in after.elements}, move
        plan, faults = plan_of(kept)
        assert plan is not None, (move, faults)
        assert {each.code for each in unsound(kept, plan)} <= {SEVERAL_STATES}, move


def moves_in(model: Model) -> list[Move]:
    acts = [e.id for e in model.elements if e.kind in ACTIVITIES]
    flows = model.flows
    ahead = {(f.source, g.target) for f in flows for g in flows if f.target in (g.source, g.target)}
    pairs = [(a, b) for a in acts for b in acts if a != b and (a, b) in ahead]
    kinds = (Eliminate, Empower, Automate, MoveOutside, Buffer, Unbuffer)
    alone = [kind(each) for each in acts[:6] for kind in kinds]
    alone += [move for each in acts[:6] for move in (Batching(each, 10), Buffer(each, 100))]
    return [*alone, *(kind(a, b) for a, b in pairs[:6] for kind in (Merge, Parallelise, Reorder))]
