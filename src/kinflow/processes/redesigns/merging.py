"""Two steps merged into one: what the one does that was two, and what keeps them from being one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from ..bpmn.model import TASKS
from ..designs.asked_fields import MOST_ASKED
from ..designs.plans import WAITS_FOR_PEOPLE
from ..designs.reading_tasks import LONGEST_SUBJECT
from .charts import Chart

PERSON, PROGRAM, OTHER = "person", "program", "other"
_WAITING = frozenset({"receiveTask", "callActivity"})


def unmergeable(chart: Chart, first: str, second: str) -> str:
    """What keeps two steps from being one; "" for nothing."""
    sorts = {sort_of(chart, each) for each in (first, second)}
    if OTHER in sorts or any(chart.elements[each].repeats for each in (first, second)):
        return _("Only single steps of people or of the program can be merged: draw there what is merged.")
    if len(sorts) > 1:
        return _("One of the steps is done by the program: draw there what is merged.")
    return ""


def sort_of(chart: Chart, key: str) -> str:
    """Whether a person does the step, the program, or neither."""
    kind = chart.elements[key].kind
    if kind not in TASKS or kind in _WAITING:
        return OTHER
    return PERSON if kind in WAITS_FOR_PEOPLE and "do" not in chart.bindings.get(key, {}) else PROGRAM


def bound_as_one(chart: Chart, first: str, second: str, by_second: bool) -> dict[str, Any]:
    """What the step that is both is bound to.

    The program does all that both did. A person's task is for whoever did the second, if so said, else the first; it is
    of the second's kind, since what comes out of it decides how the case goes on; its time is that of both, and it asks
    for the fields of both.
    """
    one, two = (dict(chart.bindings.get(each, {})) for each in (first, second))
    if "do" in one or "do" in two:
        return {**one, **two, "do": [*one.get("do", ()), *two.get("do", ())]}
    if not (one or two):
        return {}
    who = two if by_second else one
    kind = two.get("kind") or one.get("kind")
    both: dict[str, Any] = {"kind": kind} if kind else {}
    both |= {"assign": who["assign"]} if "assign" in who else {}
    return both | _subject(one, two) | _due(one, two) | _asked(one, two)


def _asked(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that either asks for, required where either requires them."""
    fields = [*dict.fromkeys([*one.get("fields", ()), *two.get("fields", ())])][:MOST_ASKED]
    required = [*dict.fromkeys([*one.get("required", ()), *two.get("required", ())])]
    found: dict[str, Any] = {"fields": fields} if fields else {}
    return found | ({"required": kept} if (kept := [name for name in required if name in fields]) else {})


def _subject(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """Both subjects, where both have one in a language; else the task is called as the step."""
    parts = [each.get("subject") or {} for each in (one, two)]
    if any(isinstance(each, str) for each in parts):
        return {}
    told = {key: f"{text} + {parts[1][key]}" for key, text in parts[0].items() if text and parts[1].get(key)}
    fits = told and all(len(text) <= LONGEST_SUBJECT for text in told.values())
    return {"subject": told} if fits else {}


_LASTS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
}


def _due(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """The time of both together; of times that cannot be added up, the longer one."""
    due = [each for each in (one, two) if each.get("due")]
    if not due:
        return {}
    longest = max(due, key=_about)
    times = dict(longest["due"])
    if len(due) > 1 and all(_counted(each) == _counted(longest) for each in due):
        times["amount"] = sum(each["due"]["amount"] for each in due)
    told = {"due": times}
    return told | {"working_time": longest["working_time"]} if "working_time" in longest else told


def _counted(binding: Mapping[str, Any]) -> tuple[str, bool]:
    return binding["due"]["unit"], bool(binding.get("working_time"))


def _about(binding: Mapping[str, Any]) -> timedelta:
    return int(binding["due"]["amount"]) * _LASTS.get(binding["due"]["unit"], timedelta(days=30))
