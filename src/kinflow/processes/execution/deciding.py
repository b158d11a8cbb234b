"""What the result of a person's task decides: which way its process goes on, said before the task is finished."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from kinflow.customers.activities.rules import RESULTS
from kinflow.eventlog import Actor
from kinflow.records.access import in_token_scope
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import dialog_parts, register_dialog_part

from ..designs.bindings import Results
from ..designs.kept import NotFit, kept, shown_plan
from ..designs.naming import design_called
from .access import KIND
from .models import OPEN, ProcessToken

TASK, FINISH = "activity", "finish"


@dataclass(frozen=True)
class Way:
    """A way out behind a task: the results that go it (none: all others), and where it leads ("": nowhere)."""

    results: tuple[str, ...]
    to: str


def ways_behind(token: ProcessToken) -> list[Way]:
    """What each result of a token's task leads to, in the reader's language; nothing where it decides nothing."""
    version = token.instance.design_id, token.instance.number
    try:
        plan, bindings = shown_plan(*version), kept(*version).bindings
    except NotFit:
        return []
    node = plan.nodes[token.node]
    gateway = plan.nodes[plan.targets[node.out[0]]] if len(node.out) == 1 else node
    if gateway.kind != "choose":
        return []
    labels, found = dict[str, Any](RESULTS), list[Way]()
    for flow in gateway.out:
        binding = bindings.get(flow)
        if isinstance(binding, Results) and binding.of in ("", node.id):
            results = tuple(str(labels[each]) for each in binding.results if each in labels)
            found.append(Way(results, plan.nodes[plan.targets[flow]].name))
        elif flow != gateway.element.default:
            return []  # a condition decides, too: what a result alone leads to cannot be said
    default = gateway.element.default
    if found and sum(len(way.results) for way in found) < len(labels):
        found.append(Way((), plan.nodes[plan.targets[default]].name if default else ""))
    return found


def what_it_decides(face: RecordType, record: Any, verb: str, by: Actor) -> str:
    """Above the form that finishes a task: what its result decides; "" for all other forms."""
    if (face.name, verb) != (TASK, FINISH) or not in_token_scope(by, KIND, "read"):
        return ""
    tokens = ProcessToken.objects.filter(
        activity_id=record.pk, instance__is_shadow=False, instance__state__in=OPEN
    )
    token = tokens.select_related("instance__design").first()
    ways = ways_behind(token) if token is not None else []
    if token is None or not ways:
        return ""
    told = {"called": design_called(token.instance.design), "ways": ways}
    return render_to_string("processes/execution/deciding.html", told)


def show_what_tasks_decide() -> None:
    """Say it above the form of every task of a process."""
    if what_it_decides not in dialog_parts:
        register_dialog_part(what_it_decides)
