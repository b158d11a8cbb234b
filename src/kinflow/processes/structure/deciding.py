"""Which steps are decisions, and which step asks for which."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from ..definitions.shipped_steps import FINISHED, PLANNED
from ..definitions.steps import IS, Step, step_key, step_named
from ..diagnosis.context import APPROVALS, REFUSALS

Kind = Literal["check", "end"]
ARE_ANSWERS = 0.5
"""A step is a check if this share of its results mean yes or no."""


def decisions_in(done: Mapping[str, int], steps: Sequence[Step]) -> dict[str, Kind]:
    """The decisions among the steps of a log, by their keys; `done` says how often each key of the finest level was done.

    A check is a step at least half of whose results mean yes or no. An end is a step by which a case ends well or
    badly, in a log in which cases end in both ways.
    """
    found: dict[str, Kind] = dict.fromkeys(_ends(done, steps), "end")
    results: dict[str, Counter[str]] = {}
    for key, times in done.items():
        step, _is, result = key.partition(IS)
        if result:
            results.setdefault(step, Counter())[result.lower()] += times
    for step, counted in results.items():
        answers = sum(times for result, times in counted.items() if result in APPROVALS | REFUSALS)
        if answers >= ARE_ANSWERS * counted.total():
            found[step] = "check"
    return found


def _ends(done: Mapping[str, int], steps: Sequence[Step]) -> list[str]:
    keys = dict.fromkeys(step_key(key) for key in done)
    outcome = {key: step.outcome for key in keys if (step := step_named(steps, key)) is not None}
    both = {"good", "bad"} <= set(outcome.values())
    return [key for key, meant in outcome.items() if both and meant in ("good", "bad")]


def requests_in(steps: Sequence[Step]) -> dict[str, str]:
    """Steps that ask somebody for a piece of work, with the step that is this work, by their keys."""
    work = {step.where.get("topic", ""): step.key for step in steps if step.event == FINISHED}
    return {
        step.key: work[topic]
        for step in steps
        if step.event == PLANNED and (topic := step.where.get("topic", "")) and topic in work
    }
