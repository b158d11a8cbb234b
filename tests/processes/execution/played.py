"""One instance played over its tokens alone, for tests: what happens in its world is taken down."""

from collections.abc import Sequence

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.plans import Node, Plan, plan_of
from kinflow.processes.designs.repeating import MOST_TIMES
from kinflow.processes.execution import tokens
from kinflow.processes.execution.marking import Marking, Token

from .drawn import bpmn


class Told:
    """A world that takes down what happens; `ways` are the flows to go along, `quick` what is done at once."""

    def __init__(self, *ways: str, quick: Sequence[str] = ()) -> None:
        self.ways, self.quick = ways, quick
        self.begun: list[str] = []
        self.left: list[str] = []
        self.undone: list[tuple[str, str]] = []

    def begin(self, token: Token, node: Node) -> bool:
        self.begun.append(node.id)
        return node.id in self.quick

    def begin_several(self, token: Token, node: Node) -> int:
        return int(node.element.times or MOST_TIMES)

    def is_enough(self, token: Token, node: Node) -> bool:
        if node.element.again:
            return token.done >= int(node.element.again)
        return node.element.until == f"{token.done}"

    def caught(self, start: Node, begun: Node, ended: Sequence[Node]) -> None:
        self.ended = [node.id for node in ended]

    def undoes(self, handler: Node, step: Node, because: Node) -> None:
        self.undone.append((step.id, handler.id))

    def leave(self, token: Token, node: Node) -> None:
        self.left.append(node.id)

    def choose(self, token: Token, node: Node) -> Sequence[str] | None:
        if len(node.out) == 1:
            return node.out
        return [f for f in node.out if f in self.ways] or None


class Run:
    """One instance, played step by step."""

    def __init__(self, nodes: str, flows: str, *ways: str, quick: Sequence[str] = ()) -> None:
        plan, faults = plan_of(read_bpmn(bpmn(nodes, flows)))
        assert plan is not None, faults
        self.plan: Plan = plan
        self.world = Told(*ways, quick=quick)
        self.marking = Marking()
        tokens.begin(self.plan, self.marking, self.world)

    @property
    def at(self) -> list[str]:
        return sorted(t.node for t in self.marking.tokens.values())

    def number(self, node: str) -> int:
        return next(t.number for t in self.marking.tokens.values() if t.node == node)

    def done(self, *nodes: str) -> "Run":
        for node in nodes:
            assert tokens.finish(self.plan, self.marking, self.world, self.number(node))
        return self

    def happens(self, at: str, event: str) -> "Run":
        assert tokens.happen(self.plan, self.marking, self.world, self.number(at), event)
        return self
