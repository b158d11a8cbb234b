"""Whether a model is sound: every instance can end, nothing is left behind, no element is in vain.

Soundness as van der Aalst defined it (1998, *The application of Petri nets to workflow management*), looked at by walking
all states of the model's net; models with more states than are looked at say so.
"""

from collections import defaultdict
from collections.abc import Iterator

from ..bpmn.model import Model
from ..conformance.nets import Net, Transition
from ..conformance.playing import playable
from .plans import Fault, Plan

MOST_STATES = 20_000
MOST_TRIES = 2_000_000
"""So many times it is looked whether something can happen in a state."""
MOST_TOLD = 5


def unsound(model: Model, plan: Plan) -> list[Fault]:
    """What is wrong with the flow of tokens: dead ends, steps that never happen, tokens that meet without a join."""
    net = playable(model, {node: node for node in plan.nodes}).net
    ways, meetings = _walked(net, net.initial)
    if ways is None:
        return [Fault("too_many_states")]
    names = {bit: name for name, bit in net.places.items()}
    faults = [_at("dead_end", plan, _places(state, names)) for state in ways if state and not ways[state]]
    harmless = _only_beside(plan) | {node.id for node in plan.nodes.values() if node.kind == "end"}
    met = [_at("tokens_meet", plan, _places(place, names)) for place in meetings]
    faults += [fault for fault in met if fault.element not in harmless]
    if not faults and not _all_end(ways):
        faults.append(Fault("never_ends"))
    done = {t.step for found in ways.values() for t, _state in found}
    faults += [
        Fault("never_reached", node.id, node.name)
        for node in plan.nodes.values()
        if node.kind in ("work", "wait") and node.id not in done
    ]
    return list(dict.fromkeys(faults))[:MOST_TOLD]


def can_end(net: Net, state: int) -> bool:
    """Whether what stands there can come to its end from wherever it goes; true where that is too much to walk."""
    ways, _meetings = _walked(net, state)
    return ways is None or _all_end(ways)


def _only_beside(plan: Plan) -> set[str]:
    """The nodes that only events lead to which let their step go on: these may run several times at once."""
    reached: set[str] = set()
    waiting = [node for starts in plan.starts.values() for node in starts]
    while waiting:
        node = plan.nodes[waiting.pop()]
        if node.id in reached:
            continue
        reached.add(node.id)
        waiting += [plan.targets[flow] for flow in node.out]
        waiting += [b for b in node.border if plan.nodes[b].element.interrupts]
    return plan.nodes.keys() - reached


Ways = dict[int, list[tuple[Transition, int]]]


def _walked(net: Net, begin: int) -> tuple[Ways | None, set[int]]:
    """All states from one on with the ways out of each, and the places where a second token would come to stand."""
    ways: Ways = {}
    meetings: set[int] = set()
    possible, tries, waiting = _by_place(net), MOST_TRIES, [begin]
    while waiting:
        state = waiting.pop()
        if state in ways:
            continue
        ways[state] = []
        for place in _bits(state):
            for transition in possible.get(place, ()):
                tries -= 1
                after = transition.fired(state)
                if after >= 0:
                    ways[state].append((transition, after))
                    waiting.append(after)
                elif _would_meet(transition, state):
                    meetings.add((state & ~transition.takes) & transition.puts)
        if len(ways) > MOST_STATES or tries < 0:
            return None, meetings
    return ways, meetings


def _by_place(net: Net) -> dict[int, list[Transition]]:
    """By a place that each of them takes from, the transitions: all others cannot fire without a token there."""
    found: dict[int, list[Transition]] = defaultdict(list)
    for transition in net.transitions:
        found[transition.takes & -transition.takes].append(transition)
    return found


def _bits(state: int) -> Iterator[int]:
    """The places that hold a token."""
    while state:
        place = state & -state
        yield place
        state ^= place


def _would_meet(transition: Transition, state: int) -> bool:
    return state & transition.takes == transition.takes and not state & transition.empty


def _all_end(ways: Ways) -> bool:
    """Whether the end can be reached from every state."""
    before = defaultdict(list)
    for state, found in ways.items():
        for _transition, after in found:
            before[after].append(state)
    reached, waiting = {0}, [0]
    while waiting:
        for state in before[waiting.pop()]:
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    return reached >= ways.keys()


def _places(state: int, names: dict[int, str]) -> Iterator[str]:
    return (names[bit] for bit in _bits(state))


def _at(code: str, plan: Plan, places: Iterator[str]) -> Fault:
    """The fault at the element that the first of the places belongs to, inside a sub-process rather than at it."""
    for place in sorted(places, key=lambda place: place.startswith(("active ", "listens "))):
        kind, _space, key = place.partition(" ")
        node = plan.nodes.get(plan.targets.get(key, "") if kind == "on" else key)
        if node is not None:
            return Fault(code, node.id, node.name)
    return Fault(code)
