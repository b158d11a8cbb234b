"""What steps are called, in the reader's language."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kinflow.customers.activities.rules import KINDS, RESULTS
from kinflow.eventlog.event import registry
from kinflow.sales.pipelines.models import Stage

from .models import Process
from .steps import IS, Step, step_named, steps_of

WORDS: Mapping[str, Mapping[str, Any]] = {"kind": dict(KINDS), "result": dict(RESULTS)}
"""Words of fields of activities."""


def labels_of(process: Process, activities: Collection[str]) -> dict[str, str]:
    """The name of each activity of a process, on whatever level; what has no name is called as it is."""
    steps = steps_of(process.steps)
    phases = {phase["key"]: _in_language(phase["name"], phase["name_zh"]) for phase in process.phases}
    stages = _stages() if any(step.each == "to_stage" for step in steps) else {}
    return {key: phases.get(key) or _label(steps, key, stages) for key in activities}


def _label(steps: Sequence[Step], key: str, stages: Mapping[str, str]) -> str:
    step = step_named(steps, key)
    if step is None:
        return key
    middle, _is, detail = key.partition(IS)
    told = _in_language(step.name, step.name_zh)
    if step.each and middle != step.key:
        value = middle.removeprefix(f"{step.key}:")
        word = stages.get(value, value) if step.each == "to_stage" else _word(step, step.each, value)
        told = _("%(what)s: %(value)s") % {"what": told, "value": word}
    if detail:
        told = _("%(what)s: %(value)s") % {"what": told, "value": _word(step, step.detail, detail)}
    return told


def _word(step: Step, field: str, value: str) -> str:
    event = registry.get(step.event)
    told = event.words.get(field) if event else None
    words = told if isinstance(told, Mapping) else {}
    return str(words.get(value) or WORDS.get(field, {}).get(value) or value)


def _in_language(name: str, name_zh: str) -> str:
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (name_zh if is_chinese else "") or name


def _stages() -> dict[str, str]:
    """Codes of stages and what they are called; where pipelines differ, the first counts."""
    found: dict[str, str] = {}
    for stage in Stage.objects.order_by("pk"):
        found.setdefault(stage.code, _in_language(stage.name, stage.name_zh))
    return found
