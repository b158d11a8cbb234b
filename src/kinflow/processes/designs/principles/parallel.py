"""Work that runs side by side in a design, and whether it is linked before it meets."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...bpmn.model import ACTIVITIES, Element
from .hands import Drawn

FORKS = ("parallelGateway", "inclusiveGateway")
CHOICES = ("exclusiveGateway", "eventBasedGateway", "complexGateway")


@dataclass(frozen=True)
class Fork:
    """Branches that begin together: by each the ids of what stands in it before all of them meet.

    `work` counts the steps of the longest and the second longest branch; `joins` whether they meet at all; `is_linked`
    whether one is told by another on the way.
    """

    element: Element
    work: tuple[int, int]
    joins: bool
    is_linked: bool


def forks_of(drawn: Drawn) -> Iterator[Fork]:
    """The places at which at least two branches with work begin."""
    for element in drawn.model.elements:
        ways = [to for to in drawn.after.get(element.id, ()) if not drawn.by_id[to].attached_to]
        if len(ways) < 2 or element.kind in CHOICES or element.kind == "subProcess":
            continue
        reach = [_after(drawn, way, element.id) for way in ways]
        shared = set.intersection(*reach)
        branches = [each - shared for each in reach]
        counts = sorted((_work(drawn, each) for each in branches), reverse=True)
        if counts[1]:
            yield Fork(element, (counts[0], counts[1]), bool(shared), _is_linked(drawn, branches))


def _after(drawn: Drawn, start: str, fork: str) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        key = waiting.pop()
        if key not in found and key != fork:
            found.add(key)
            waiting += drawn.after.get(key, ())
    return found


def _work(drawn: Drawn, branch: set[str]) -> int:
    return sum(drawn.by_id[key].kind in ACTIVITIES for key in branch if key in drawn.by_id)


def _is_linked(drawn: Drawn, branches: list[set[str]]) -> bool:
    """Whether a branch waits for something to happen, or a message goes from one to another."""
    inside = set.union(*branches)
    waits = any(
        each.kind == "receiveTask" or each.event in ("message", "signal", "conditional")
        for each in drawn.model.elements
        if each.id in inside and each.kind in ("receiveTask", "intermediateCatchEvent", "boundaryEvent")
    )
    return waits or any(
        flow.kind == "messageFlow" and flow.source in inside and flow.target in inside
        for flow in drawn.model.flows
    )
