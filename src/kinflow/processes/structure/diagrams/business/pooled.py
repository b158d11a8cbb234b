"""Several models in one: each process a pool; and how often what leads from lane to lane was gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ....bpmn.model import ACTIVITIES, Lane, Model, Participant


def pooled(models: Sequence[tuple[str, Model]], name: str) -> Model:
    """The models below each other, each in a pool with its name; a single one stays without."""
    own = [_renamed(model, f"p{at}_") for at, (_called, model) in enumerate(models)]
    pools = tuple(
        Participant(f"pool_{at}", called, model.processes[0].id)
        for at, ((called, _model), model) in enumerate(zip(models, own, strict=True))
    )
    return Model(
        name=name,
        processes=tuple(each for model in own for each in model.processes),
        participants=pools if len(pools) > 1 else (),
        lanes=tuple(each for model in own for each in model.lanes),
        elements=tuple(each for model in own for each in model.elements),
        flows=tuple(each for model in own for each in model.flows),
    )


def _renamed(model: Model, start: str) -> Model:
    """The model with this in front of its ids."""

    def own(name: str) -> str:
        return f"{start}{name}" if name else ""

    return replace(
        model,
        processes=tuple(replace(each, id=own(each.id)) for each in model.processes),
        lanes=tuple(_own_lane(each, start) for each in model.lanes),
        elements=tuple(replace(each, id=own(each.id), within=own(each.within)) for each in model.elements),
        flows=tuple(
            replace(
                each,
                id=own(each.id),
                source=own(each.source),
                target=own(each.target),
                within=own(each.within),
            )
            for each in model.flows
        ),
    )


def _own_lane(lane: Lane, start: str) -> Lane:
    return replace(
        lane,
        id=f"{start}{lane.id}",
        process=f"{start}{lane.process}",
        members=tuple(f"{start}{member}" for member in lane.members),
    )


def crossings(
    model: Model, key_of: Mapping[str, str], followed: Mapping[tuple[str, str], int]
) -> dict[str, int]:
    """The flows that lead from one lane to another, by their ids: how often a step that is done before the flow was
    directly followed by one that is done after it. `key_of` says which step of the log an activity is.

    Flows from the beginning and to the end are left out: nothing is handed over there.
    """
    lane = {member: each.id for each in model.lanes for member in each.members}
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for flow in model.flows:
        before.setdefault(flow.target, []).append(flow.source)
        after.setdefault(flow.source, []).append(flow.target)
    steps = {element.id for element in model.elements if element.kind in ACTIVITIES}
    found = {}
    for flow in model.flows:
        if lane.get(flow.source) == lane.get(flow.target):
            continue
        firsts, seconds = _nearest(flow.source, before, steps), _nearest(flow.target, after, steps)
        if firsts and seconds:
            pairs = {(key_of[a], key_of[b]) for a in firsts for b in seconds}
            found[flow.id] = sum(followed.get(pair, 0) for pair in pairs)
    return found


def _nearest(start: str, along: Mapping[str, Iterable[str]], steps: set[str]) -> set[str]:
    """The activities that are met first along the flows; gateways are passed through."""
    found: set[str] = set()
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here in steps:
            found.add(here)
            continue
        new = [each for each in along.get(here, ()) if each not in seen]
        seen.update(new)
        waiting += new
    return found
