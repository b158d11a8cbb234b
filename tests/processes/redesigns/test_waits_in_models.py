"""Work collected, and what a step waits for kept at hand or fetched: made in the model of a design."""

from typing import Any

import pytest
from django.utils import translation

from kinflow.processes.bpmn.model import Model
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.definitions.models import Process
from kinflow.processes.designs.plans import plan_of
from kinflow.processes.designs.soundness import unsound
from kinflow.processes.designs.versions import newest
from kinflow.processes.execution.actions import start_process
from kinflow.processes.redesigns.actions import make_design, undo_redesign
from kinflow.processes.simulation.whatif.border_moves import Buffer, Unbuffer
from kinflow.processes.simulation.whatif.way_moves import Batching
from kinflow.records.access import PROCESS_OWNER
from tests.automation.given import lead
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import at, by_of, design, follow, owner
from tests.processes.studio.test_pages import client_of, words_of

from .test_moves_in_models import ROW, made
from .test_redesigns import FLOWS, LOW, NODES, STEPS, process, what_if

__all__ = ["process"]
pytestmark = pytest.mark.django_db
ASKED = bpmn("s start; a task; w catch message; b task; e end", "s a; a w; w b; b e")
TEN = Batching("b", 10, 36)


@pytest.fixture
def me() -> Any:
    return owner()


def way_of(model: Model) -> list[str]:
    """The elements in the order of the flow, for models without branches."""
    ahead, found = {f.source: f.target for f in model.flows}, ["s"]
    while found[-1] in ahead:
        found.append(ahead[found[-1]])
    return found


def is_sound(model: Model) -> bool:
    plan, _faults = plan_of(model)
    return plan is not None and not unsound(model, plan)


def test_work_is_collected_at_an_event_before_the_step() -> None:
    model, chart = made(ROW, TEN)
    assert way_of(model) == ["s", "a", "b_wait", "b", "c", "e"]
    wait = next(each for each in model.elements if each.id == "b_wait")
    assert (wait.kind, wait.event, dict(wait.names)["en"]) == (
        "intermediateCatchEvent",
        "timer",
        "Collect for “b”",
    )
    assert chart.bindings["b_wait"] == {"duration": {"amount": 36, "unit": "hours"}, "together": 10}
    assert is_sound(model)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0, {"amount": 1, "unit": "minutes"}),
        (1.5, {"amount": 90, "unit": "minutes"}),
        (24, {"amount": 24, "unit": "hours"}),
    ],
)
def test_how_long_is_said_as_timers_have_it(hours: float, told: Any) -> None:
    assert made(ROW, Batching("b", 2, hours))[1].bindings["b_wait"]["duration"] == told


def test_where_work_is_collected_it_is_collected_otherwise_or_not_any_more() -> None:
    gate = bpmn("s start; a task; g catch timer; b task; e end", "s a; a g; g b; b e")
    before = {"g": {"duration": {"amount": 1, "unit": "days"}, "together": 5}}
    model, chart = made(gate, TEN, before)
    assert (way_of(model), chart.bindings["g"]["together"]) == (["s", "a", "g", "b", "e"], 10)
    model, chart = made(gate, Batching("b", 1, 24), before)
    assert (way_of(model), chart.bindings) == (["s", "a", "b", "e"], {})
    model, _chart = made(gate, Batching("b", 1, 24), {"g": {"duration": {"amount": 1, "unit": "days"}}})
    assert way_of(model) == ["s", "a", "g", "b", "e"]


def test_what_is_at_hand_is_not_waited_for() -> None:
    model, chart = made(ASKED, Buffer("b", 80), {}, {0: LOW})
    choice = next(each for each in model.elements if each.name == "At hand?")
    ways = {flow.target: flow.id for flow in model.flows if flow.source == choice.id}
    assert set(ways) == {"w", "b"}
    assert choice.default == ways["w"]
    assert chart.bindings == {ways["b"]: {"condition": LOW}}
    assert is_sound(model)
    assert way_of(made(ASKED, Buffer("b", 100))[0]) == ["s", "a", "b", "e"]


def test_what_is_fetched_is_waited_for_until_the_record_says_that_it_is_there() -> None:
    model, chart = made(ROW, Unbuffer("b", 24), {}, {0: LOW})
    assert way_of(model) == ["s", "a", "b_wait", "b", "c", "e"]
    assert chart.bindings == {"b_wait": {"condition": LOW}}
    assert next(each.event for each in model.elements if each.id == "b_wait") == "conditional"
    assert is_sound(model)


@pytest.mark.parametrize("move", [Batching("b", 1, 24), Buffer("b", 80), Buffer("c", 100)], ids=str)
def test_where_nothing_is_waited_for_the_model_stays(move: Any) -> None:
    assert way_of(made(ROW, move)[0]) == ["s", "a", "b", "c", "e"]


def test_events_that_race_stay() -> None:
    race = bpmn(
        "s start; r race; m catch message; t catch timer; a task; e end", "s r; r m; r t; m a; t a; a e"
    )
    assert len(made(race, Buffer("a", 100))[0].elements) == len(read_bpmn(race).elements)


def test_the_next_version_collects_and_says_so_and_undo_takes_it_out(process: Process, me: Any) -> None:
    made_before = design(me, NODES, FLOWS)
    before = newest(made_before)
    row = what_if(process, {"move": "batching", "step": "step 1", "size": 2, "hours": 24})
    redesign = make_design(whatif=row, design=made_before, steps=STEPS, by=by_of(me))
    assert [one["model"] for one in redesign.moves] == [True]
    page = f"/process-design/{made_before.pk}/differences/?from={before.number}&to={redesign.number}"
    words = words_of(client_of("owner", PROCESS_OWNER), page)
    assert "“Collect for “b”” is new." in words
    assert "until 2 cases wait here, for 24 hours at most" in words
    undone = undo_redesign(design=redesign.design, number=redesign.number, by=by_of(me)).design
    assert undone is not None
    assert bytes(newest(undone).content) == bytes(before.content)
    assert newest(undone).bindings == before.bindings


def test_cases_run_as_the_moves_have_it(process: Process, me: Any) -> None:
    from kinflow.processes.designs.actions import put_into_operation

    made_before = design(me, "s start; b task; e end", "s b; b e")
    row = what_if(process, {"move": "batching", "step": "step 1", "size": 2, "hours": 24})
    redesign = make_design(whatif=row, design=made_before, steps=STEPS, by=by_of(me))
    live = put_into_operation(processdesign=redesign.design, by=by_of(me))
    first = start_process(design=live, about=lead(owner=me), by=by_of(me))
    follow()
    assert at(first) == ["b_wait"]
    second = start_process(design=live, about=lead(owner=me), by=by_of(me))
    follow()
    assert (at(first), at(second)) == (["b"], ["b"])


def test_what_changes_nothing_in_the_model_is_left_to_the_organisation(process: Process, me: Any) -> None:
    made_before = design(me, NODES, FLOWS)
    before = newest(made_before)
    row = what_if(process, {"move": "buffer", "step": "step 1", "share": 80})
    redesign = make_design(whatif=row, design=made_before, steps=STEPS, by=by_of(me))
    assert [one["model"] for one in redesign.moves] == [False]
    assert bytes(newest(redesign.design).content) == bytes(before.content)
    page = client_of("owner", PROCESS_OWNER)
    assert "the organisation has to change" in words_of(page, f"/process-design/{made_before.pk}/")
    form = f"/processes/lead/what-ifs/{row.pk}/design/?base={made_before.pk}"
    assert "By which it is known to be at hand" in words_of(page, form)
    with translation.override("zh-hans"):
        assert "Collect" not in dict(made(ROW, TEN)[0].elements[-1].names)["zh-hans"]
