"""Which way people take where a model leaves it to them: the record's own, else one as often as the log knows it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise, product

from django.conf import settings
from django.utils import translation

from kinflow.processes.definitions.extracting import extract
from kinflow.processes.definitions.labels import labels_of
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.steps import Step, step_key, steps_of
from kinflow.processes.designs.plans import Plan
from kinflow.processes.execution.models import ProcessToken
from kinflow.records.faces import registry

from ..engine.chance import Chance, Weighted
from ..stories.cases import AGAIN

ALL = 2**62
"""What the week's transaction has written is read, too."""
KNOWN = 2_000
"""So many of the newest records of a kind tell the shares."""
END = ""
"""Stands for the end, where steps are followed by none."""
Steps = frozenset[str]


@dataclass
class Past:
    """What the log knows of a process: steps by what they are called, how often one follows another, and all in all."""

    process: Process
    keys: dict[str, str]
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)


@dataclass
class Ways:
    """Chooses for people; `_told` is up to which moment of its record each instance has followed."""

    chance: Chance
    _pasts: dict[str, list[Past]] = field(default_factory=dict)
    _told: dict[int, datetime] = field(default_factory=dict)

    def of(self, row: ProcessToken, plan: Plan, ways: Sequence[str], *, is_closed: bool) -> str:
        """The way of the record itself; of a closed record the shortest; else one by the log's shares."""
        past = self._past(row.instance.about_kind, plan)
        behind = {way: _behind(plan, way, past.keys if past else {}) for way in ways}
        own = self._own(row, behind, past) if past else None
        if own is not None:
            return own
        if is_closed:
            return min(ways, key=lambda way: steps_left(plan, way))
        return Weighted(_shares(plan, row.node, behind, past).items()).pick(self.chance)

    def _past(self, kind: str, plan: Plan) -> Past | None:
        """What is known of the process with most of the plan's steps; None where there is none with any."""
        if kind not in self._pasts:
            self._pasts[kind] = [_past_of(each) for each in Process.objects.filter(case_kind=kind)]
        names = {_plain(node.name) for node in plan.nodes.values()}
        best = max(self._pasts[kind], key=lambda past: len(names & set(past.keys)), default=None)
        return best if best is not None and names & set(best.keys) else None

    def _own(self, row: ProcessToken, behind: Mapping[str, Steps], past: Past) -> str | None:
        """The way to what happened next to the record, in the order in which it happened."""
        since = self._told.get(row.instance_id, row.instance.created_at)
        steps = steps_of(past.process.steps)
        for at, step in _history(past.process.case_kind, steps, [row.instance.about_id]):
            found = [way for way, firsts in behind.items() if firsts & _levels(step)]
            if at > since and len(found) == 1:
                self._told[row.instance_id] = at
                return found[0]
        return None


def _past_of(process: Process) -> Past:
    model, steps = registry[process.case_kind].model, steps_of(process.steps)
    newest = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:KNOWN])
    columns = extract(process.case_kind, steps, ALL, newest) if newest else None
    past = Past(process, {})
    if columns is None:
        return past
    for language, _called in settings.LANGUAGES:
        with translation.override(language):
            known = sorted({level for key in columns.activities for level in _levels(key)})
            past.keys |= {_plain(label): key for key, label in labels_of(process, known).items()}
    codes, offsets = columns.activity.tolist(), columns.offsets.tolist()
    for begin, end in pairwise(offsets):
        told = [_levels(columns.activities[code]) for code in codes[begin:end]]
        for steps_here, then in zip(told, [*told[1:], {END}], strict=True):
            past.times.update(steps_here)
            past.pairs.update(product(steps_here, then))
    return past


def _levels(key: str) -> set[str]:
    """A step with its detail, and without."""
    return {key, step_key(key)}


def _history(kind: str, steps: Sequence[Step], ids: Sequence[int]) -> Iterator[tuple[datetime, str]]:
    columns = extract(kind, steps, ALL, ids)
    for at, code in zip(columns.at.tolist(), columns.activity.tolist(), strict=True):
        yield datetime.fromtimestamp(at / 1e6, UTC), columns.activities[code]


def _plain(name: str) -> str:
    return name.casefold().strip()


def _behind(plan: Plan, way: str, keys: Mapping[str, str]) -> Steps:
    """The first steps of the log that lie along a way, and `END` where it ends without one."""
    return _nearest(plan, [plan.targets[way]], keys, back=False)


def _nearest(plan: Plan, begin: Sequence[str], keys: Mapping[str, str], *, back: bool) -> Steps:
    found, open_, seen = set[str](), list(begin), set(begin)
    while open_:
        node = plan.nodes[open_.pop()]
        step = keys.get(_plain(node.name))
        flows = node.into if back else node.out
        if step is not None or not flows:
            found.add(END if step is None else step)
            continue
        ends = plan.sources if back else plan.targets
        fresh = {ends[flow] for flow in flows} - seen
        seen |= fresh
        open_ += sorted(fresh)
    return frozenset(found)


def _shares(plan: Plan, node: str, behind: Mapping[str, Steps], past: Past | None) -> dict[str, float]:
    """How likely each way is: as often as its steps followed those before, else as often as they came at all.

    A step that lies along several ways counts for each of them in part.
    """
    if past is not None:
        before = _nearest(plan, [plan.sources[flow] for flow in plan.nodes[node].into], past.keys, back=True)
        known = set().union(*behind.values())
        next_to = {step: sum(past.pairs[each, step] for each in before) for step in known}
        for times in (next_to, past.times):
            found = {way: _weight(steps, times, list(behind.values())) for way, steps in behind.items()}
            if any(found.values()):
                return found
    return _untold(plan, node, list(behind))


def _weight(steps: Steps, times: Mapping[str, int], all_steps: Sequence[Steps]) -> float:
    return sum((times.get(step, 0) / sum(step in each for each in all_steps) for step in steps), 0.0)


def _untold(plan: Plan, node: str, ways: Sequence[str]) -> dict[str, float]:
    """Where the log says nothing: once in eight back to what was done already, the others are alike."""
    back = [way for way in ways if node in _reached(plan, way)]
    on = [way for way in ways if way not in back]
    if not back or not on:
        return dict.fromkeys(ways, 1.0)
    shares = dict.fromkeys(back, AGAIN / len(back)) | dict.fromkeys(on, (1 - AGAIN) / len(on))
    return {way: shares[way] for way in ways}


def _reached(plan: Plan, way: str) -> set[str]:
    open_, seen = [plan.targets[way]], {plan.targets[way]}
    while open_:
        fresh = {plan.targets[flow] for flow in plan.nodes[open_.pop()].out} - seen
        seen |= fresh
        open_ += sorted(fresh)
    return seen


def steps_left(plan: Plan, flow: str) -> int:
    """How many elements lie at least between a flow and an end."""
    reached, seen = [plan.targets[flow]], {plan.targets[flow]}
    for left in range(len(plan.nodes) + 1):
        if any(not plan.nodes[key].out for key in reached):
            return left
        behind = [plan.targets[way] for key in reached for way in plan.nodes[key].out]
        reached = [key for key in dict.fromkeys(behind) if key not in seen]
        seen.update(reached)
    return len(plan.nodes)
