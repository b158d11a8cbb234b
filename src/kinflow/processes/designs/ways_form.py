"""The ways out of a gateway in the form of an element: what each is chosen by, and whose result it can go by."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kinflow.automation.rules.forms import condition_of
from kinflow.kit.problem import FieldError

from .deciding_tasks import done_by_program, task_before, tasks_before
from .plans import Node, Plan


def way_sent(sent: QueryDict, kind: str, flow: str) -> dict[str, Any] | None:
    """What the form says that a way is chosen by; None where it says nothing."""
    match sent.get(f"by:{flow}", ""):
        case "condition":
            return {"condition": condition_of(sent.get(f"condition:{flow}", ""), kind)}
        case "results":
            told = {"results": sent.getlist(f"results:{flow}"), "of": sent.get(f"of:{flow}", "")}
            return {name: value for name, value in told.items() if value or name == "results"}
        case "outcome":
            return {name: sent.get(f"{name}:{flow}", "").strip() for name in ("outcome", "test")}
    return None


def way_shown(
    plan: Plan, node: Node, flow: str, bindings: Mapping[str, Any], errors: Sequence[FieldError]
) -> dict[str, Any]:
    """A way as the form shows it, with what is wrong with it."""
    one = bindings.get(flow) or {}
    wrong = {e.pointer.removeprefix(f"/bindings/{flow}/"): str(e.message) for e in errors}
    return {
        "flow": flow,
        "to": plan.nodes[plan.targets[flow]].name,
        "is_default": flow == node.element.default,
        "by": next((name for name in ("condition", "results", "outcome") if name in one), ""),
        "condition": json.dumps(one.get("condition") or {}),
        "results": one.get("results") or [],
        "of": one.get("of") or "",
        "tasks": _tasks_offered(plan, flow, bindings),
        "outcome": one.get("outcome", ""),
        "test": one.get("test", ""),
        "wrong": {name: wrong.get(name, "") for name in ("results", "of", "outcome", "test")},
    }


def _tasks_offered(plan: Plan, flow: str, bindings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Whose result a way can go by, with words: first the task on the token's own way, then each that lies before."""
    programs = done_by_program(bindings)
    own = plan.nodes.get(task_before(plan, flow, programs))
    first = (
        _("the task on the way there: “%(task)s”") % {"task": own.name}
        if own is not None
        else _("whichever task was done last")
    )
    names = {key: plan.nodes[key].name for key in tasks_before(plan, flow, programs)}
    twins = {name for name in names.values() if list(names.values()).count(name) > 1}
    offered = [(key, f"{name} ({key})" if name in twins else name) for key, name in names.items()]
    chosen = (bindings.get(flow) or {}).get("of") or ""
    return [("", first), *offered, *([(chosen, chosen)] if chosen and chosen not in names else [])]
