"""Ways led past a step, and steps taken out."""

from collections.abc import Mapping
from typing import Any

from .charts import CHOICE, Chart
from .places import named, way_after


def left_out(chart: Chart, key: str) -> str:
    """Take a step out: what led to it leads on as after a good result. What it was called."""
    after = chart.end_of(way_after(chart, key))
    name = named(chart, key)
    for flow in chart.into(key):
        chart.lead(flow, after)
    chart.drop(key)
    return name


def pass_by(chart: Chart, key: str, question: Any, answer: Any, condition: Mapping[str, Any]) -> list[str]:
    """Lead a way past a step, for records for which the condition holds (none: it is to be said yet)."""
    after = chart.end_of(way_after(chart, key))
    choice = chart.add(CHOICE, key, question)
    for flow in chart.into(key):
        chart.lead(flow, choice)
    way = chart.join(choice, after, answer)
    chart.change(choice, default=chart.join(choice, key))
    if condition:
        chart.bindings[way] = {"condition": dict(condition)}
    return [str(question), named(chart, key)]
