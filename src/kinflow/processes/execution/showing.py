"""What an instance looks like: where its tokens stand, what each waits for, and its picture."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.automation.said import told
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import Actor
from kinflow.records.access import may, may_see
from kinflow.records.faces import registry

from ..bpmn.drawing import drawn
from ..bpmn.model import Model
from ..designs.bindings import wants
from ..designs.kept import filed_model, model_of, plan_for, shown_plan
from ..designs.naming import design_called
from ..designs.plans import Node, Plan
from .collected import collected_with
from .models import ProcessInstance, ProcessToken
from .seen import has_task, record_of
from .step_names import step_called
from .waits import next_moments


@dataclass(frozen=True)
class Standing:
    """A token as people see it: the step, since when, what it waits for, and what can be done about it."""

    token: ProcessToken
    step: str
    told: str
    remedy: str
    task: Activity | None
    until: datetime | None
    ways: tuple[tuple[str, str], ...]
    can_skip: bool
    targets: tuple[tuple[str, str], ...]


def standings(instance: ProcessInstance, by: Actor) -> list[Standing]:
    """Where the tokens of an instance stand; those that only hold others or wait to be joined say so."""
    plan = shown_plan(instance.design_id, instance.number)
    rows = list(instance.tokens.exclude(state="undoable").order_by("number"))
    tasks = Activity.objects.select_related("owner").in_bulk([r.activity_id for r in rows if r.activity_id])
    moments = next_moments(instance, [(row.number, plan.nodes[row.node]) for row in rows], plan)
    collected = collected_with(instance)
    return [
        _standing(
            instance,
            plan,
            row,
            tasks.get(row.activity_id or 0),
            moments.get(row.number),
            collected.get(row.number),
            by,
        )
        for row in rows
    ]


def _standing(
    instance: ProcessInstance,
    plan: Plan,
    row: ProcessToken,
    task: Activity | None,
    at: datetime | None,
    collected: tuple[int, int] | None,
    by: Actor,
) -> Standing:
    node = plan.nodes[row.node]
    decides = node.kind == "choose" and row.state == "waits"
    leads = instance.is_open and (may(by, "processes.skip_step", instance) or has_task(by, row.activity_id))
    model = model_of(instance.design_id, instance.number)
    targets = [n for n in plan.nodes.values() if n.scope == node.scope and _can_be_moved_to(n) and n != node]
    if row.state == "listens":
        targets = []
    return Standing(
        token=row,
        step=node.name,
        told=_told(node, row, task) if collected is None or row.fault else _collected_words(*collected),
        remedy=what_to_do(row),
        task=task if task is not None and may_see(by, task) else None,
        until=min((moment for moment in (at, task.due_at if task else None) if moment), default=None),
        ways=tuple((f, _way(model, plan, f)) for f in node.out) if decides and instance.is_open else (),
        can_skip=leads and row.state in ("waits", "holds") and node.kind not in ("choose", "race"),
        targets=tuple((n.id, n.name) for n in targets) if leads else (),
    )


def _collected_words(there: int, together: int) -> str:
    words = ngettext(
        "Waits for others: %(there)d of %(together)d is here.",
        "Waits for others: %(there)d of %(together)d are here.",
        there,
    )
    return words % {"there": there, "together": together}


def _can_be_moved_to(node: Node) -> bool:
    return node.kind in ("work", "wait", "inside", "end", "choose") and not node.is_aside


def way_called(instance: ProcessInstance, flow: str) -> str:
    """What a way is called in the file, for the log: the name of its flow, or of where it leads."""
    key = instance.design_id, instance.number
    return _way(filed_model(*key), plan_for(*key), flow)


def _way(model: Model, plan: Plan, flow: str) -> str:
    named = next((f.name for f in model.flows if f.id == flow), "")
    return named or plan.nodes[plan.targets[flow]].name


def _told(node: Node, row: ProcessToken, task: Activity | None) -> str:
    """What a token waits for, in words."""
    if row.fault:
        return why_stuck(row)
    if row.state == "joins":
        return _("Waits for the other ways.")
    if row.state == "holds" and node.element.repeats == "loop" and not node.element.times:
        return ngettext("Done %(done)d time so far.", "Done %(done)d times so far.", row.done) % {
            "done": row.done
        }
    if row.state == "holds" and node.element.repeats and row.times:
        return _("Done %(done)d of %(times)d times.") % {"done": row.done, "times": row.times}
    if row.state == "holds" and node.kind == "undo":
        return _("Has steps undone, the last first.")
    if row.state == "holds":
        return _("Goes on inside.")
    if row.state == "listens":
        return _("Listens: begins a part of its own when it happens.")
    if node.kind == "choose":
        return _("A person has to choose the way.")
    if task is not None:
        if task.owner is None:
            return _("A task that has not found its person yet.")
        return _("A task of %(person)s.") % {"person": task.owner.name}
    told = {
        "timer": _("Waits until its time has come."),
        "event": _("Waits for something to happen."),
        "condition": _("Waits until a condition holds."),
        "design": _("Waits for the end of the process it called."),
    }
    return told.get(wants(node), _("Waits for something to happen.") if node.kind == "race" else "")


def why_stuck(row: ProcessToken) -> str:
    """Why a token could not go on, in the reader's language."""
    return told(row.fault, _steps_of(row))


def what_to_do(row: ProcessToken) -> str:
    """What to do about it, in the reader's language."""
    return told(row.remedy, _steps_of(row))


def _steps_of(row: ProcessToken) -> Callable[[str], str]:
    return partial(step_called, (row.instance.design_id, row.instance.number))


def picture_of(instance: ProcessInstance, rows: Iterable[Standing]) -> str:
    """The model as SVG, with the steps where the instance stands marked."""
    marks = {s.token.node: "bpmn-bad" if s.token.fault else "bpmn-warn" for s in rows}
    figures = {s.token.node: _("here") for s in rows}
    model = model_of(instance.design_id, instance.number)
    return drawn(model, label=design_called(instance.design), marks=marks, figures=figures)


@dataclass(frozen=True)
class Place:
    """A process as it stands on a record's page."""

    instance: ProcessInstance
    called: str
    steps: tuple[str, ...]
    since: datetime
    about: tuple[str, str] = ("", "")


def places_of(kind: str, pk: int, most: int = 5) -> list[Place]:
    """The processes of a record, the newest first, with the steps where the running ones stand."""
    rows = ProcessInstance.objects.filter(about_kind=kind, about_id=pk, is_shadow=False)
    rows = rows.select_related("design")
    rows = rows.prefetch_related("tokens").order_by("-pk")[:most]
    return [Place(r, design_called(r.design), _steps(r), r.created_at) for r in rows]


def places_of_task(pk: int, by: Actor) -> list[Place]:
    """The process that waits for a task, with its step and the record it is about; nothing for other tasks."""
    tokens = ProcessToken.objects.filter(activity_id=pk, instance__is_shadow=False)
    return [
        Place(each, design_called(each.design), (_step_of(token),), each.created_at, about_of(each, by))
        for token in tokens.select_related("instance__design")
        for each in (token.instance,)
    ]


def _step_of(token: ProcessToken) -> str:
    return shown_plan(token.instance.design_id, token.instance.number).nodes[token.node].name


def _steps(instance: ProcessInstance) -> tuple[str, ...]:
    nodes = shown_plan(instance.design_id, instance.number).nodes
    standing: dict[str, Any] = {
        t.node: nodes[t.node].name
        for t in sorted(instance.tokens.all(), key=attrgetter("number"))
        if t.state in ("waits", "holds")
    }
    return tuple(standing.values())


def about_of(instance: ProcessInstance, by: Actor) -> tuple[str, str]:
    """What an instance is about, as words and address; its number alone where the reader may not see it."""
    face = registry.get(instance.about_kind)
    row = record_of(instance)
    if face is None or row is None:
        return _("a record that is gone"), ""
    if not may_see(by, row):
        return face.number(row), ""
    return f"{face.number(row)} · {face.title(row)}", face.url(row.pk)
