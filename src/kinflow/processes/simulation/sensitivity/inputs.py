"""What can be changed in a scenario, each by a share up or down, everything else as it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..scenario import Arrivals, Flow, Scenario, Step, scaled
from ..whatif.kinds import roles_in
from ..whatif.people_moves import AddPeople, FewerPeople

ARRIVALS, WORK, PEOPLE, WAY, WAIT = "arrivals", "work", "people", "way", "wait"
MOST_WAYS = 12
"""So many ways of decisions, those that most cases could take, are looked at."""


@dataclass(frozen=True)
class Input:
    """What is changed: its kind and keys (a step, a role, a way's two ends); `changed` makes the scenario of a share."""

    kind: str
    keys: tuple[str, ...]
    changed: Callable[[Scenario, float], Scenario | None]


def inputs_of(scenario: Scenario) -> list[Input]:
    """All inputs of a scenario that can be changed."""
    return [
        Input(ARRIVALS, (), _more_cases),
        *(Input(WORK, (each.id,), _longer(each.id)) for each in scenario.steps if _is_work(each)),
        *(Input(PEOPLE, (role,), _staffed(role)) for role in roles_in(scenario)),
        *(Input(WAY, (each.source, each.target), _likelier(each)) for each in _ways(scenario)),
        *(Input(WAIT, (target,), _waiting(target)) for target in _waited_for(scenario)),
    ]


def _is_work(step: Step) -> bool:
    return step.kind in ("task", "auto") and bool(step.times.mean or step.times.values)


def _more_cases(scenario: Scenario, share: float) -> Scenario | None:
    """Cases come more often; where they come at given moments, these lie closer together."""
    arrivals, factor = scenario.arrivals, 1 + share
    if arrivals.times is not None:
        return replace(scenario, arrivals=Arrivals(times=scaled(arrivals.times, 1 / factor)))
    if arrivals.hourly:
        hourly = tuple(each * factor for each in arrivals.hourly)
        return replace(scenario, arrivals=replace(arrivals, hourly=hourly))
    moments = tuple(round(each / factor) for each in arrivals.moments)
    return replace(scenario, arrivals=Arrivals(moments=moments))


def _longer(key: str) -> Callable[[Scenario, float], Scenario | None]:
    def changed(scenario: Scenario, share: float) -> Scenario | None:
        steps = tuple(
            replace(each, times=scaled(each.times, 1 + share)) if each.id == key else each
            for each in scenario.steps
        )
        return replace(scenario, steps=steps)

    return changed


def people_changed(scenario: Scenario, role: str, share: float) -> int:
    """By how many people a share changes a role: one at least."""
    there = sum(role in each.skills for each in scenario.staff)
    return max(1, round(abs(share) * there)) * (1 if share > 0 else -1)


def _staffed(role: str) -> Callable[[Scenario, float], Scenario | None]:
    def changed(scenario: Scenario, share: float) -> Scenario | None:
        """None where nobody would be left."""
        count = people_changed(scenario, role, share)
        if count > 0:
            return AddPeople(role, count).apply(scenario)
        move = FewerPeople(role, -count)
        return None if list(move.unfit(scenario)) else move.apply(scenario)

    return changed


def _ways(scenario: Scenario) -> list[Flow]:
    """Ways of decisions, but for the likeliest of each, which changes with the others; the likeliest of all first."""
    chooses = {each.id for each in scenario.steps if each.kind == "choose"}
    by_source: dict[str, list[Flow]] = {}
    for flow in scenario.flows:
        if flow.source in chooses:
            by_source.setdefault(flow.source, []).append(flow)
    found = [each for ways in by_source.values() for each in sorted(ways, key=_chance)[:-1]]
    return sorted(found, key=_chance, reverse=True)[:MOST_WAYS]


def _chance(flow: Flow) -> float:
    return sum(row[0] for row in flow.chances) / len(flow.chances)


def _likelier(way: Flow) -> Callable[[Scenario, float], Scenario | None]:
    def changed(scenario: Scenario, share: float) -> Scenario | None:
        """The way's chance is that share of itself more; the others of the decision share what is left as before."""
        ways = [each for each in scenario.flows if each.source == way.source]
        totals = _totals(ways)
        flows = []
        for each in scenario.flows:
            if each.source == way.source and each.target == way.target:
                flows.append(replace(each, chances=_weights(each.chances, totals, share)))
            else:
                flows.append(each)
        return replace(scenario, flows=tuple(flows))

    return changed


Chances = tuple[tuple[float, ...], ...]


def _totals(ways: list[Flow]) -> list[list[float]]:
    """The sum of the weights of a decision by kind of case and visit."""
    kinds = max(len(each.chances) for each in ways)
    visits = max(len(row) for each in ways for row in each.chances)
    return [[sum(_at(each.chances, k, v) for each in ways) for v in range(visits)] for k in range(kinds)]


def _at(chances: Chances, kind: int, visit: int) -> float:
    row = chances[min(kind, len(chances) - 1)]
    return row[min(visit, len(row) - 1)]


def _weights(chances: Chances, totals: list[list[float]], share: float) -> Chances:
    """Weights with which the chance is (1 + share) times what it was, one at most."""
    found = []
    for kind, row in enumerate(totals):
        weights = []
        for visit, total in enumerate(row):
            own = _at(chances, kind, visit)
            rest = total - own
            chance = min(1.0, (1 + share) * own / total) if total else 0.0
            weights.append(own if rest <= 0 or chance >= 1 else rest * chance / (1 - chance))
        found.append(tuple(weights))
    return tuple(found)


def _waited_for(scenario: Scenario) -> list[str]:
    """The steps before which cases wait for what is nobody's work."""
    waits = {each.id for each in scenario.steps if each.kind == "wait"}
    found = [each.target for each in scenario.flows if each.source in waits]
    found += [each.id for each in scenario.steps if each.delay.mean or each.delay.values]
    return list(dict.fromkeys(found))


def _waiting(target: str) -> Callable[[Scenario, float], Scenario | None]:
    def changed(scenario: Scenario, share: float) -> Scenario | None:
        before = {each.source for each in scenario.flows if each.target == target}

        def longer(step: Step) -> Step:
            if step.id == target:
                return replace(step, delay=scaled(step.delay, 1 + share))
            if step.kind == "wait" and step.id in before:
                return replace(step, times=scaled(step.times, 1 + share))
            return step

        return replace(scenario, steps=tuple(longer(each) for each in scenario.steps))

    return changed


def both_sides(scenario: Scenario, share: float) -> Iterator[tuple[Input, float, Scenario | None]]:
    """Every input changed down and up, with the scenario of it."""
    for each in inputs_of(scenario):
        for side in (-share, share):
            yield each, side, each.changed(scenario, side)
