"""The ways of a scenario cut and led anew, for moves; chances stay chances."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..scenario import Flow, Scenario, Step

Chances = tuple[tuple[float, ...], ...]


def step_of(scenario: Scenario, key: str) -> Step:
    """The step with this id."""
    return next(each for each in scenario.steps if each.id == key)


def changed(scenario: Scenario, key: str, **values: Any) -> Scenario:
    """The scenario with a step that has other values."""
    steps = tuple(replace(each, **values) if each.id == key else each for each in scenario.steps)
    return replace(scenario, steps=steps)


def behind(scenario: Scenario, key: str) -> str:
    """Where the one way out of a step leads; "" where cases end at it."""
    return next((flow.target for flow in scenario.flows if flow.source == key), "")


def fork_of(scenario: Scenario, key: str) -> str:
    """Where it is chosen how a case goes on after a step: the choice behind it, or the step itself."""
    after = behind(scenario, key)
    return after if after and step_of(scenario, after).kind == "choose" else key


def doors(scenario: Scenario, key: str) -> frozenset[str]:
    """The delays that lead to a step and nowhere else."""
    waits = {each.id for each in scenario.steps if each.kind == "wait"}
    return frozenset(flow.source for flow in scenario.flows if flow.target == key and flow.source in waits)


def leading(scenario: Scenario, source: str, target: str) -> list[Flow]:
    """The ways from a choice to a step, directly or with a delay between."""
    aims = doors(scenario, target) | {target}
    return [flow for flow in scenario.flows if flow.source == source and flow.target in aims]


def returning(scenario: Scenario, key: str) -> list[Flow]:
    """The ways back to a step, with or without a delay, from where no case comes without having had it."""
    entries = doors(scenario, key) | {key}
    first = _reached(scenario.steps, [flow for flow in scenario.flows if flow.source != key])
    return [
        flow
        for flow in scenario.flows
        if flow.target in entries and flow.source not in entries and flow.source not in first
    ]


def wide(chances: Chances, kinds: int, columns: int) -> list[list[float]]:
    """Chances written out for each kind and so many leavings."""
    rows = chances if len(chances) == kinds else (chances[0],) * kinds
    return [[*row, *[row[-1]] * (columns - len(row))] for row in rows]


def summed(flows: Sequence[Flow], kinds: int) -> Chances:
    """The chances of several ways together."""
    columns = max(len(row) for flow in flows for row in flow.chances)
    tables = [wide(flow.chances, kinds, columns) for flow in flows]
    return tuple(
        tuple(sum(table[kind][column] for table in tables) for column in range(columns))
        for kind in range(kinds)
    )


def filled(flows: Sequence[Flow], kinds: int) -> list[Flow]:
    """The ways out of a choice, where for some kind or time none was left: there the chances of all times, or kinds."""
    if not flows:
        return []
    columns = max(len(row) for flow in flows for row in flow.chances)
    tables = [wide(flow.chances, kinds, columns) for flow in flows]
    known = [[list(row) for row in table] for table in tables]
    for kind in range(kinds):
        for column in range(columns):
            if any(table[kind][column] > 0 for table in known):
                continue
            of_kind = [sum(table[kind]) for table in known]
            of_all = [sum(map(sum, table)) for table in known]
            for table, own, every in zip(tables, of_kind, of_all, strict=True):
                table[kind][column] = own if any(of_kind) else every
    return [
        replace(flow, chances=tuple(map(tuple, table))) for flow, table in zip(flows, tables, strict=True)
    ]


def led(scenario: Scenario, steps: Iterable[Step], flows: Iterable[Flow]) -> Scenario:
    """The scenario with these steps and ways: two ways between the same steps are one, what nothing leads to is gone."""
    joined: dict[tuple[str, str], list[Flow]] = {}
    for flow in flows:
        if any(chance > 0 for row in flow.chances for chance in row):
            joined.setdefault((flow.source, flow.target), []).append(flow)
    kinds = len(scenario.kinds)
    whole = [same[0] if len(same) == 1 else Flow(*ends, summed(same, kinds)) for ends, same in joined.items()]
    kept = _reached(steps := tuple(steps), whole)
    return replace(
        scenario,
        steps=tuple(
            each if each.rework in kept else replace(each, rework="") for each in steps if each.id in kept
        ),
        flows=tuple(flow for flow in whole if flow.source in kept and flow.target in kept),
    )


def _reached(steps: Sequence[Step], flows: Sequence[Flow]) -> Collection[str]:
    edges: dict[str, list[str]] = {}
    for flow in flows:
        edges.setdefault(flow.source, []).append(flow.target)
    for step in steps:
        if step.rework:
            edges.setdefault(step.id, []).append(step.rework)
    waiting = [each.id for each in steps if each.kind == "start"]
    found = set(waiting)
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def skipped(scenario: Scenario, key: str, shares: Sequence[float]) -> Scenario:
    """A step passed by, with the delay before it, by a share of the cases of each kind.

    Who passes it by goes on as those do who had it. A case that comes back from behind the step does not pass it by.
    """
    after = behind(scenario, key)
    entries = doors(scenario, key) | {key}
    steps, flows = list(scenario.steps), []
    before: set[str] = set()
    for flow in scenario.flows:
        if flow.target in entries and flow.source not in entries | {after}:
            before.add(flow.target)
            flow = replace(flow, target=_skip(flow.target))
        flows.append(flow)
    for entry in sorted(before):
        steps.append(Step(_skip(entry), _skip(entry), "choose"))
        flows.append(Flow(_skip(entry), entry, tuple((1 - share,) for share in shares)))
        flows.append(Flow(_skip(entry), after, tuple((share,) for share in shares)))
    return led(scenario, steps, flows)


def _skip(entry: str) -> str:
    return f"before {entry}"


def bypassed(scenario: Scenario, key: str) -> Scenario:
    """A step taken out, with the delays before it; cases go on as they did after it, but not back to it."""
    after = behind(scenario, key)
    gone = doors(scenario, key) | {key}
    flows = [flow for flow in scenario.flows if flow.source not in gone]
    away = [flow for flow in flows if flow.source == after]
    rest = [flow for flow in away if flow.target not in gone]
    out = rest if len(rest) == len(away) else filled(rest, len(scenario.kinds))
    into = [
        replace(flow, target=after) if flow.target in gone else flow for flow in flows if flow.source != after
    ]
    return led(scenario, (each for each in scenario.steps if each.id not in gone), [*into, *out])


def paired(
    scenario: Scenario, first: str, second: str, entry: str, steps: Iterable[Step], flows: Iterable[Flow]
) -> Scenario:
    """Cases that went from one step directly to another go into `entry` of these steps instead; the others as before.

    Which of them do is drawn before the first step, with the chances that it had after it.
    """
    choice, kinds = fork_of(scenario, first), len(scenario.kinds)
    both = leading(scenario, choice, second)
    out = [flow for flow in scenario.flows if flow.source == choice]
    others = [flow for flow in out if flow not in both]
    before = f"before {first}, {second}"
    ways = [Flow(before, entry, summed(both, kinds))]
    if others:
        ways.append(Flow(before, first, summed(others, kinds)))
    kept = [
        replace(flow, target=before) if flow.target == first else flow
        for flow in [*(each for each in scenario.flows if each.source != choice), *filled(others, kinds)]
    ]
    return led(scenario, [*scenario.steps, Step(before, before, "choose"), *steps], [*kept, *ways, *flows])
