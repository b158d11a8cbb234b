"""A move that is made out once for all comes to the same as one that an instance makes by itself."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.conditions import EVERYTHING
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.command import Command, _current
from kinflow.eventlog.models import Entry
from kinflow.eventlog.recording import encode_data
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.bindings import Happening, Holding, Results, Timer
from kinflow.processes.designs.kept import Kept
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.designs.plans import Plan, plan_of
from kinflow.processes.execution.alike import moved_alike
from kinflow.processes.execution.batch import Batch
from kinflow.processes.execution.going_on import Happened, let_one_go_on
from kinflow.processes.execution.marking import WAITING
from kinflow.processes.execution.moving import CannotGoOn, _begun, _Made
from kinflow.processes.execution.waits import waits_of
from kinflow.processes.execution.working import Working
from kinflow.sales.leads.models import Lead

from .blocks import blocks, file_of

MOST_STEPS = 25
EVENTS = ("sales.lead_changed", "sales.lead_contacted")
HERE = "kinflow.processes.execution"


class World:
    """One instance in memory, in a world that answers as it is told; moves are made out for all alike, or not."""

    def __init__(self, kept: Kept, now: Any, *, is_alike: bool) -> None:
        self.kept, self.is_hot, self.is_alike = kept, False, is_alike
        self.batch, self.stopped, self.moves = Batch(), [], []
        self.batch.now, self.batch._ids = now, [11]
        self.batch._designs, self.batch._languages = {3: SimpleNamespace(owner=None)}, {3: ""}
        self.batch._stubs = self.batch._records = {("lead", 7): Lead(pk=7)}
        self.command = Command("test", SYSTEM, domains=["processes"])

    def begin(self) -> bool:
        """Let the instance begin; whether it could."""
        made = ProcessDesign(pk=3, name="Drawn", kind="lead", live_number=1)
        with self.there():
            try:
                _begun(self.batch, _Made(made, Lead(pk=7), None, "test"), 1, SYSTEM)
            except CannotGoOn:
                return False
        return True

    def go_on(self, number: int, node: str) -> None:
        """Let something happen to a token."""
        with self.there():
            let_one_go_on(self.batch, Happened(11, number, node, entry=Entry(pk=5, depth=0, data={})))

    @property
    def work(self) -> Working:
        return self.batch.works[11]

    def told(self) -> Any:
        """All that is known of the instance, and all that is to be in the log."""
        work, instance = self.work, self.work.instance
        entries = [
            (w.by, w.name, w.text or encode_data(w.data), sorted(w.mentions)) for w in self.command.pending
        ]
        of_instance = (instance.state, instance.ended_at, instance.results, instance.last_token)
        standing, last = work.as_stored()
        waits = list(work.waits.items())
        return standing, last, waits, work.moments, of_instance, entries, self.stopped, self.command.mentioned

    @contextmanager
    def there(self) -> Iterator[None]:
        """Within the action, with the version, and with the world of this one."""

        def give(work: Working, *_given: Any) -> None:
            work.around.reach()

        def stop(_batch: Batch, _work: Working, one: Happened, problem: Any, *_more: Any) -> None:
            self.stopped.append((one.token, one.node, str(problem)))

        def tried(*what: Any) -> bool:
            self.moves.append(moved_alike(*what))
            return self.moves[-1]

        patched: dict[str, Any] = {
            "alike.kept": lambda *_version: self.kept,
            "held.kept": lambda *_version: self.kept,
            "held.plan_for": lambda *_version: self.kept.plan,
            "working.predicate": lambda *_given: lambda _record: self.is_hot,
            "working.Working._context": lambda _work: None,
            "working.Working._give_task": give,
            "working.Working._counted": lambda w, node, *_given: Decimal(
                w.plan.nodes[node].element.times or 2
            ),
            "working.Working.owner": None,
            "going_on._stop": stop,
            "batch.Batch.reach": lambda _batch: None,
            "going_on.moved_alike": tried if self.is_alike else lambda *_given: False,
            "moving.moved_alike": tried if self.is_alike else lambda *_given: False,
        }
        token = _current.set(self.command)
        with ExitStack() as stack:
            for name, instead in patched.items():
                stack.enter_context(mock.patch(f"{HERE}.{name}", instead))
            yield
        _current.reset(token)


def bound(plan: Plan, chance: Random) -> dict[str, Any]:
    """What waits in the model, waits for events, times and conditions; ways are gone by what came out of tasks."""
    found: dict[str, Any] = {}
    for node in plan.nodes.values():
        if node.element.event == "timer":
            found[node.id] = Timer({"amount": chance.randint(1, 3), "unit": "days"})
        elif node.element.event == "message" or node.kind == "wait":
            found[node.id] = (
                Holding(EVERYTHING) if chance.random() < 0.2 else Happening(chance.choice(EVENTS))
            )
        if node.kind in ("choose", "include") and len(node.out) > 1:
            found |= {flow: Results((chance.choice("ab"),)) for flow in node.out if chance.random() < 0.9}
    return found


def happens(world: World, chance: Random) -> tuple[int, str] | None:
    """Something that can happen to a token."""
    standing, _last = world.work.as_stored()
    plan = world.kept.plan
    found = []
    for number, (node, state, *_more) in standing.items():
        if state in WAITING:
            own = [] if state == "holds" else [node]
            found += [
                (number, key) for key in [*own, *(each.id for each in waits_of(plan, plan.nodes[node]))]
            ]
    return chance.choice(found) if found else None


def worlds_of(file: bytes, chance: Random) -> list[World]:
    """An instance whose moves are made out for all alike, and one that moves by itself."""
    plan, faults = plan_of(read_bpmn(file))
    assert plan is not None, faults
    repeats: Any = defaultdict(lambda: SimpleNamespace(times="", until=None, again=None))
    kept, now = Kept(plan, bound(plan, chance), repeats), timezone.now()
    return [World(kept, now, is_alike=True), World(kept, now, is_alike=False)]


def compare(file: bytes, seed: int) -> list[bool]:
    """Let both make the same moves; whether each was made out for all alike."""
    chance = Random(seed)
    worlds = worlds_of(file, chance)
    began = [world.begin() for world in worlds]
    assert began[0] == began[1]
    for _step in range(MOST_STEPS if began[0] else 0):
        one, other = worlds
        assert one.told() == other.told()
        what = happens(one, chance)
        if what is None or one.stopped:
            break
        result, is_hot = chance.choice(["", "a", "b"]), chance.random() < 0.3
        for world in worlds:
            world.work.instance.last_result, world.is_hot = result, is_hot
            flat, last = world.work.as_stored()
            world.work.lay(flat, last)  # as it would be read
            world.go_on(*what)
    return one.moves if began[0] else []


@settings(max_examples=150, deadline=None)
@given(blocks(), st.integers(0, 1 << 30))
def test_moves_made_out_for_all_come_to_what_each_comes_to_by_itself(block, seed) -> None:
    compare(file_of(block).replace(b"userTask", b"receiveTask"), seed)


@settings(max_examples=60, deadline=None)
@given(blocks(2), st.lists(blocks(1), max_size=2), st.integers(0, 1 << 30))
def test_they_do_so_where_others_are_made_by_each_instance(block, beside, seed) -> None:
    compare(file_of(block, beside), seed)


def test_what_only_moves_is_made_out_once_whatever_the_numbers_of_its_tokens() -> None:
    block = ("seq", [("task",), ("and", [("catch", "message"), ("catch", "timer")]), ("sub", ("task",), [])])
    moves = compare(file_of(block).replace(b"userTask", b"receiveTask"), 1)
    assert len(moves) >= 5
    assert all(moves)


@pytest.mark.parametrize(
    "kept",
    [
        (1, 0, "", "", ""),
        (None, 1, "", "", ""),
        (None, 0, "x", "It failed.", ""),
        (None, 0, "", "It failed.", ""),
    ],
)
def test_where_a_step_has_a_task_or_has_failed_the_instance_moves_by_itself(kept) -> None:
    file = file_of(("and", [("catch", "timer"), ("catch", "timer")]))
    both = worlds_of(file, Random(1))
    for world in both:
        assert world.begin()
        (_one, stands), (number, other) = world.work.as_stored()[0].items()
        world.work.lay({_one: (*stands[:7], *kept), number: other}, number)
        world.work.instance.state = "stuck"
        world.go_on(number, "")
    assert both[0].moves == [True, False]
    assert both[0].told() == both[1].told()
    assert both[0].work.instance.state == ("stuck" if kept[3] else "running")
