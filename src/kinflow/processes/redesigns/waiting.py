"""What cases wait for before a step of a design: events on their way to it, and new ones put there."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from kinflow.automation.bilingual import in_all_languages

from .charts import CATCH, RACE, Chart
from .places import named

_AWAITED = frozenset({"timer", "message", "signal", "conditional"})


def waited_before(chart: Chart, key: str, *, together: bool) -> list[str]:
    """The elements directly before a step at which cases are collected, or (not `together`) wait for something else."""
    found = []
    for flow in chart.into(key):
        element = chart.elements[flow.source]
        waits = element.kind == "receiveTask" or (element.kind == CATCH and element.event in _AWAITED)
        is_raced = any(chart.elements[each.source].kind == RACE for each in chart.into(element.id))
        if (
            waits
            and not is_raced
            and len(chart.out(element.id)) == 1
            and collects(chart, element.id) == together
        ):
            found.append(element.id)
    return list(dict.fromkeys(found))


def collects(chart: Chart, key: str) -> bool:
    """Whether cases are collected at an element."""
    return int(chart.bindings.get(key, {}).get("together") or 1) > 1


def wait_before(chart: Chart, key: str, event: str, words: Any, binding: Mapping[str, Any]) -> str:
    """Let cases wait for something on all ways to a step; `words` are what the wait is called, with %(step)s in them."""
    step = chart.elements[key]

    def say() -> str:
        return str(words) % {"step": dict(step.names).get(get_language() or "", named(chart, key))}

    wait = chart.add(CATCH, key)
    names = tuple(in_all_languages(say).items())
    chart.change(wait, event=event, name=say(), names=names)
    for flow in chart.into(key):
        chart.lead(flow, wait)
    chart.join(wait, key)
    if binding:
        chart.bindings[wait] = dict(binding)
    return wait
