"""What the elements of a design are bound to, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.rules.event_names import event_words
from kinflow.automation.rules.triggers import held_words
from kinflow.conditions import sentence
from kinflow.customers.activities.rules import KINDS, RESULTS

from ..bpmn.model import ACTIVITIES
from ..bpmn.repeats import Repeats, repeats_of
from .asked_fields import asked_words
from .bindings import Automatic, Binding, Call, Decided, Happening, Holding, Results, Task, Timer, wants
from .groups import group_words
from .models import ProcessDesign
from .naming import design_called
from .plans import Node, Plan


@dataclass(frozen=True)
class Row:
    """One element of a design in a list: what it is called, what kind it is, what happens there."""

    id: str
    name: str
    kind: str
    told: str
    is_bound: bool


def element_kinds() -> dict[str, str]:
    """What the kinds of elements are called."""
    return {
        "task": _("Task"),
        "userTask": _("Task of a person"),
        "manualTask": _("Task of a person"),
        "serviceTask": _("Automatic task"),
        "sendTask": _("Automatic task"),
        "scriptTask": _("Automatic task"),
        "businessRuleTask": _("Automatic task"),
        "receiveTask": _("Waiting for an event"),
        "callActivity": _("Call of a design"),
        "subProcess": _("Sub-process"),
        "exclusiveGateway": _("One of several ways"),
        "inclusiveGateway": _("Some of several ways"),
        "parallelGateway": _("All ways at once"),
        "eventBasedGateway": _("Whatever happens first"),
        "intermediateCatchEvent": _("Waiting"),
        "boundaryEvent": _("Event at a step"),
        "startEvent": _("Event that begins a sub-process"),
    }


def rows_of(kind: str, plan: Plan, bindings: Mapping[str, Binding]) -> list[Row]:
    """The elements where something happens or is decided, in the order of the file."""
    kinds = element_kinds()
    found = []
    for node in plan.nodes.values():
        wanted, decides = wants(node), node.kind in ("choose", "include") and len(node.out) > 1
        if not wanted and not decides and node.kind != "inside":
            continue
        told = (
            ways_words(plan, node, bindings) if decides else binding_words(kind, node, bindings.get(node.id))
        )
        bound = node.kind == "inside" or bool(told) and (decides or node.id in bindings or wanted == "task")
        if node.element.kind in ACTIVITIES and node.element.repeats:
            told = _("; ").join(filter(None, [told, repeats_words(repeats_of(node.element))]))
        found.append(Row(node.id, node.name, kinds.get(node.element.kind, node.element.kind), told, bound))
    return found


def repeats_words(repeats: Repeats) -> str:
    """How often an activity is done."""
    match repeats.how:
        case "":
            return _("once")
        case "parallel":
            told = _("%(times)s times at once") % {"times": repeats.times or "?"}
        case "sequential":
            told = _("%(times)s times, one after the other") % {"times": repeats.times or "?"}
        case _loop:
            return _loop_words(repeats)
    if repeats.until:
        return _("%(told)s, enough when %(until)s") % {"told": told, "until": repeats.until}
    return told


def _loop_words(repeats: Repeats) -> str:
    told = (
        _("again and again while %(again)s") % {"again": repeats.again}
        if repeats.again
        else _("again and again")
    )
    if repeats.again and repeats.asks_first:
        told = _("%(told)s, asked before the first time, too") % {"told": told}
    if repeats.times:
        return _("%(told)s, at most %(times)s times") % {"told": told, "times": repeats.times}
    return told


def ways_words(plan: Plan, node: Node, bindings: Mapping[str, Binding]) -> str:
    """The ways out of a gateway with their conditions."""
    told = []
    for flow in node.out:
        to = plan.nodes[plan.targets[flow]].name
        if flow in bindings:
            told.append(_("to “%(to)s” if %(what)s") % {"to": to, "what": flow_words(bindings[flow], plan)})
        elif flow == node.element.default:
            told.append(_("otherwise to “%(to)s”") % {"to": to})
    if told:
        return _("; ").join(told)
    return _("a person chooses the way") if node.kind == "choose" else ""


def flow_words(binding: Binding, plan: Plan) -> str:
    """The condition of a flow in words."""
    if isinstance(binding, Results):
        labels: dict[str, Any] = dict(RESULTS)
        said = _(" or ").join(f"“{labels[r]}”" for r in binding.results)
        if binding.of in plan.nodes:
            told = {"task": plan.nodes[binding.of].name, "results": said}
            return _("“%(task)s” came out as %(results)s") % told
        return _("the last task came out as %(results)s") % {"results": said}
    if isinstance(binding, Decided):
        return _("the decision says %(outcome)s: %(test)s") % {
            "outcome": binding.outcome,
            "test": binding.test,
        }
    return sentence(binding.condition) if isinstance(binding, Holding) else ""


def binding_words(kind: str, node: Node, binding: Binding | None) -> str:
    """What happens at an element, for records of the kind; "" where it is not said yet."""
    match binding:
        case Automatic(steps):
            return _("; ").join(one.step.words(kind) for one in steps)
        case Timer():
            return timer_words(binding)
        case Happening(event):
            return event_words(event)
        case Holding(condition):
            return sentence(condition)
        case Call(design):
            row = ProcessDesign.objects.filter(pk=design).first()
            return design_called(row) if row is not None else ""
        case Task() | None if wants(node) == "task":
            task = binding if isinstance(binding, Task) else Task()
            asked = asked_words(kind, task.fields, task.required)
            return (
                _("%(task)s; %(asked)s") % {"task": task_words(task), "asked": asked}
                if asked
                else task_words(task)
            )
    return ""


def timer_words(timer: Timer) -> str:
    """How long is waited, and until how many cases wait where they are collected."""
    told = {"time": held_words(timer.duration)}
    time = (_("%(time)s of working time") if timer.working_time else _("%(time)s")) % told
    if timer.together == 1:
        return time
    told = {"cases": str(timer.together), "time": time}
    return _("until %(cases)s cases wait here, for %(time)s at most") % told


def task_words(task: Task) -> str:
    """A task of a person: what it is, who gets it, until when."""
    labels: dict[str, Any] = dict(KINDS)
    who = _("for the record’s owner") if task.assign == "owner" else _("for whom the scoring finds")
    who = group_words(task.group) if task.group else who
    if not task.due:
        return _("%(kind)s, %(who)s") % {"kind": labels[task.kind], "who": who}
    told = {"kind": labels[task.kind], "who": who, "time": held_words(task.due)}
    return (
        _("%(kind)s, %(who)s, due in %(time)s of working time")
        if task.working_time
        else _("%(kind)s, %(who)s, due in %(time)s")
    ) % told
