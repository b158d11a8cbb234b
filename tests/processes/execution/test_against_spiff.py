"""Tokens of random models move as SpiffWorkflow moves them: the same work and the same events open after each step.

Where SpiffWorkflow 3.2.0 leaves BPMN 2.0 (formal/2011-01-03), the models stay clear of it; `test_tokens` holds us
to BPMN there:
- In a later round of a loop its parallel gateway goes on before each incoming flow has a token: `remove_ancestor` in
  `_check_threshold_unstructured` counts flows of the round before, where 13.4.1 asks for one on each. Its inclusive
  gateway goes on there while a token is still on its way to it, where 13.4.3 has it wait. So loops hold neither.
- An error is caught on the borders of all activities of a level that catch its code: `EventManager.catch` looks at the
  whole level, where 10.4.6 lets the innermost enclosing one catch it. So each error has a code of its own; and once an
  event that does not interrupt, in a later round of a loop, has begun a sub-process that goes on still from the round
  before, an error in one ends both there: they are compared no further.
- An event that interrupts a sub-process done several times raises `TaskNotFoundException` where its tasks were dropped
  before their turn. So only tasks done several times have events on their border.
- What is done several times on a way that begins at the border raises `WorkflowException` ("Attempt to add non-predicted
  child"). So no such way holds any.
- An event that does not interrupt happens once for an activity; here, too, each is let happen once.
- Of event sub-processes it begins those of the whole process only, by messages and beside the rest: `isInterrupting` is
  not read, and `EventManager.update_collaboration` looks at the outermost process alone. So only such are compared.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.task import TaskState

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.plans import Node, plan_of
from kinflow.processes.designs.repeating import MOST_TIMES
from kinflow.processes.execution import tokens
from kinflow.processes.execution.marking import WAITING, Marking, Token
from kinflow.processes.execution.waits import waits_of

from .blocks import blocks, file_of

LOOPS_UNTIL = 25
"""After so many steps no loop is gone round again."""
MOST_STEPS = 200


class Decisions:
    """Which flows hold at a step: the same for whoever asks."""

    def __init__(self, seed: int) -> None:
        self.seed, self.step = seed, 0

    def holds(self, flow: str) -> bool:
        """Whether the condition of a flow holds now; what is not the default holds in two of three cases."""
        return self.step < LOOPS_UNTIL and random.Random(f"{self.seed} {self.step} {flow}").random() < 0.65


class Ours:
    """An instance by our tokens; the world of them."""

    def __init__(self, file: bytes, decisions: Decisions) -> None:
        plan, faults = plan_of(read_bpmn(file))
        assert plan is not None, faults
        self.plan, self.decisions, self.marking = plan, decisions, Marking()
        self.fired: set[tuple[int, str]] = set()
        tokens.begin(plan, self.marking, self)

    def begin(self, token: Token, node: Node) -> bool:
        return False

    def begin_several(self, token: Token, node: Node) -> int:
        return int(node.element.times or MOST_TIMES)

    def is_enough(self, token: Token, node: Node) -> bool:
        return bool(node.element.again) and not self.decisions.holds(node.element.again)

    def caught(self, start: Node, begun: Node, ended: Sequence[Node]) -> None:
        return None

    def undoes(self, handler: Node, step: Node, because: Node) -> None:
        return None

    def leave(self, token: Token, node: Node) -> None:
        return None

    def choose(self, token: Token, node: Node) -> Sequence[str] | None:
        if len(node.out) == 1:
            return node.out
        default = node.element.default
        return [f for f in node.out if f != default and self.decisions.holds(f)] or [default]

    def open(self) -> list[str]:
        """The work that can be done, and the events that can happen; one that lets go on, once."""
        found = []
        for token in self.marking.tokens.values():
            if token.state not in WAITING:
                continue
            node = self.plan.nodes[token.node]
            is_open = token.state == "waits" and node.kind in ("work", "wait")
            is_open = is_open or (token.state == "listens" and (token.number, node.id) not in self.fired)
            found += [node.id] if is_open else []
            found += [
                e.id
                for e in self.events(token)
                if e.element.event != "error" and (token.number, e.id) not in self.fired
            ]
        return sorted(found)

    def events(self, token: Token) -> list[Node]:
        """What can happen to a token; to one of several times nothing."""
        return [] if self.marking.whole_of(token) else waits_of(self.plan, self.plan.nodes[token.node])

    def goes_on_twice(self) -> bool:
        """Whether the same sub-process goes on twice at once, but as one that is done several times."""
        held = [
            t.node
            for t in self.marking.tokens.values()
            if t.state == "holds" and not self.marking.whole_of(t)
        ]
        return len(held) > len(set(held))

    def do(self, what: str) -> None:
        """Finish the work, or let the event happen."""
        for token in list(self.marking.tokens.values()):
            node = self.plan.nodes[token.node]
            if token.state in ("waits", "listens") and node.id == what:
                if token.state == "listens":
                    self.fired.add((token.number, what))
                tokens.finish(self.plan, self.marking, self, token.number)
                return
            if token.state in WAITING and what in [e.id for e in self.events(token)]:
                if not self.plan.nodes[what].element.interrupts:
                    self.fired.add((token.number, what))
                tokens.happen(self.plan, self.marking, self, token.number, what)
                return
        raise AssertionError(what)

    @property
    def has_ended(self) -> bool:
        return not self.marking.tokens


class Engine(PythonScriptEngine):
    """What SpiffWorkflow asks conditions of: they are the ids of their flows."""

    def __init__(self, decisions: Decisions) -> None:
        super().__init__()
        self.decisions = decisions

    def evaluate(self, task, expression, external_context=None):
        if expression.isdecimal():
            return int(expression)
        return self.decisions.holds(expression) if "-" in expression else expression


class Theirs:
    """The same by SpiffWorkflow."""

    def __init__(self, file: bytes, decisions: Decisions) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(file)
        self.flow = BpmnWorkflow(
            parser.get_spec("p"), parser.get_subprocess_specs("p"), script_engine=Engine(decisions)
        )
        self.flow.do_engine_steps()
        begun = [self.flow.subprocess_specs[name] for name in self.flow.spec.start.trigger_specs]
        self.listening = {s.bpmn_id: s.event_definition for each in begun for s in each.bpmn_start_events}

    def open(self) -> list[str]:
        ready = self.flow.get_tasks(state=TaskState.READY, manual=True)
        listening = [] if self.has_ended else list(self.listening)
        return sorted(
            [t.task_spec.bpmn_id for t in ready] + [name for name, _task in self.waiting()] + listening
        )

    def waiting(self):
        """The events that are waited for, with the task that does."""
        for task in self.flow.get_tasks(state=TaskState.WAITING):
            if not isinstance(task.task_spec, CatchingEvent):
                continue
            definition = task.task_spec.event_definition
            for one in getattr(definition, "event_definitions", [definition]):
                name = getattr(one, "name", None) or ""
                if name.startswith("m_"):
                    yield name.removeprefix("m_"), task
                elif type(one).__name__.endswith("TimerEventDefinition"):
                    yield task.task_spec.bpmn_id, task

    def do(self, what: str) -> None:
        for task in self.flow.get_tasks(state=TaskState.READY, manual=True):
            if task.task_spec.bpmn_id == what:
                task.run()
                self.flow.do_engine_steps()
                return
        if what in self.listening:
            self.flow.catch(BpmnEvent(self.listening.pop(what)))
            self.flow.do_engine_steps()
            return
        task = next(task for name, task in self.waiting() if name == what)
        definition = task.task_spec.event_definition
        if type(definition).__name__.endswith("TimerEventDefinition"):
            task._set_internal_data(event_value=datetime(2000, 1, 1, tzinfo=UTC).isoformat())
            self.flow.refresh_timers()
        else:
            all_of = getattr(definition, "event_definitions", [definition])
            self.flow.catch(BpmnEvent(next(d for d in all_of if d.name == f"m_{what}")))
        self.flow.do_engine_steps()

    @property
    def has_ended(self) -> bool:
        return self.flow.completed


@settings(max_examples=60, deadline=None)
@given(blocks(), st.integers(0, 1 << 30))
def test_our_tokens_move_as_those_of_spiffworkflow(block, seed) -> None:
    compare(file_of(block), seed)


@settings(max_examples=20, deadline=None)
@given(blocks(1), st.lists(blocks(1), min_size=1, max_size=2), st.integers(0, 1 << 30))
def test_what_a_message_begins_beside_the_process_moves_as_theirs(block, beside, seed) -> None:
    compare(file_of(block, beside), seed)


def compare(file: bytes, seed: int) -> None:
    """Let both do the same until nothing is open."""
    decisions, chance = Decisions(seed), random.Random(seed)
    ours, theirs = Ours(file, decisions), Theirs(file, decisions)
    done: list[str] = []
    while ours.open() and len(done) < MOST_STEPS:
        if ours.goes_on_twice():
            return
        assert ours.open() == theirs.open(), done
        done.append(chance.choice(ours.open()))
        decisions.step += 1
        ours.do(done[-1])
        theirs.do(done[-1])
    assert (ours.open(), ours.has_ended) == (theirs.open(), theirs.has_ended), done
