"""How good a model of a log is: fitness, precision, generalisation and simplicity, each between 0 and 1."""

from dataclasses import dataclass

from ..bpmn.model import FLOW_NODES, Model
from .behaviour import Behaviour, TooManyStates
from .judging import Judgement, as_modelled

MOST_STATES = 400  # of one prefix; models that can be in more states at once are judged by those


@dataclass(frozen=True)
class Quality:
    """The four figures; what could not be measured is None."""

    fitness: float
    precision: float | None
    generalisation: float
    simplicity: float


def quality_of(behaviour: Behaviour, model: Model, judgement: Judgement) -> Quality:
    """All four, from one judgement of the log."""
    return Quality(
        judgement.fitness,
        precision_of(behaviour, judgement),
        generalisation_of(behaviour, judgement),
        simplicity_of(model),
    )


@dataclass
class _Prefix:
    """What the log did after a beginning: how many cases went on, and how."""

    cases: int
    after: dict[str, "_Prefix"]


def precision_of(behaviour: Behaviour, judgement: Judgement) -> float | None:
    """The share of what the model allows next that the log also does, over all beginnings of its cases.

    Escaping edges on aligned cases: Muñoz-Gama, Carmona 2010; Adriansyah, Muñoz-Gama, Carmona, van Dongen, van
    der Aalst 2015.
    """
    root = _prefixes(judgement)
    allowed = done = 0
    waiting = [(root, frozenset({behaviour.initial}))]
    try:
        while waiting:
            prefix, states = waiting.pop()
            if not prefix.after:
                continue
            ahead: dict[str, set[int]] = {}
            for state in sorted(states)[:MOST_STATES]:
                for step, after in behaviour.ways(state):
                    ahead.setdefault(step, set()).add(after)
            allowed += prefix.cases * len(ahead)
            done += prefix.cases * len(prefix.after)
            waiting += [(after, frozenset(ahead.get(step, ()))) for step, after in prefix.after.items()]
    except TooManyStates:
        return None
    return min(done / allowed, 1.0) if allowed else None


def _prefixes(judgement: Judgement) -> _Prefix:
    root = _Prefix(0, {})
    for one in judgement.judged:
        if one.alignment:
            count, here = len(one.variant.cases), root
            for step in as_modelled(one.alignment):
                here.cases += count
                here = here.after.setdefault(step, _Prefix(0, {}))
    return root


def generalisation_of(behaviour: Behaviour, judgement: Judgement) -> float:
    """1 less the mean of 1/√n over the model's steps, each done n times: steps hardly ever done say little
    about the future.

    Buijs, van Dongen, van der Aalst 2014.
    """
    done = dict.fromkeys(behaviour.steps, 0)
    for one in judgement.judged:
        if one.alignment:
            for step in as_modelled(one.alignment):
                done[step] += len(one.variant.cases)
    if not done:
        return 1.0
    return 1 - sum(count**-0.5 if count else 1.0 for count in done.values()) / len(done)


def simplicity_of(model: Model) -> float:
    """1 for a mere chain, less the more flows meet at the elements: the inverse of their mean degree beyond 2
    (Blum 2015).
    """
    nodes = sum(element.kind in FLOW_NODES for element in model.elements)
    flows = sum(flow.kind == "sequenceFlow" for flow in model.flows)
    return 1 / (1 + max(0.0, 2 * flows / nodes - 2)) if nodes else 1.0
