"""Bindings of the elements of a design, read from plain values, with what is wrong named element by element."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.decisions.cells import WrongCell, read_cell
from kinflow.automation.decisions.deciding import draft_of
from kinflow.automation.decisions.faults import cell_fault
from kinflow.automation.decisions.models import DecisionTable
from kinflow.automation.parameters import below
from kinflow.automation.rules.event_names import events_about
from kinflow.automation.rules.plans import read_steps
from kinflow.automation.steps.ask_table import AskTable
from kinflow.conditions import EVERYTHING, Condition, ConditionError, parse
from kinflow.customers.activities.rules import RESULTS
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from .bindings import (
    Automatic,
    Binding,
    Call,
    Decided,
    Happening,
    Holding,
    Results,
    Timer,
    wants,
)
from .deciding_tasks import task_before, tasks_before
from .plans import WAITS_FOR_PEOPLE, Node, Plan
from .reading_tasks import read_task
from .wrong_bindings import WrongBinding, all_read, read_duration

WAITING_STEPS = frozenset({"wait", "branch", "ask_for_approval"})
"""Steps of rules that a task cannot be bound to: the model has timers, gateways and tasks of people for that."""
MOST_TOGETHER = 1_000
DEEPEST = 30


def read_bindings(
    kind: str, plan: Plan, given: Any, errors: list[FieldError], *, is_kept: bool = False
) -> dict[str, Binding]:
    """The bindings by element or flow, for records of the kind; what is wrong is added to `errors` below /bindings.

    Bindings of elements that the model does not have are refused. `is_kept`: they were checked when they were kept.
    """
    if not isinstance(given, Mapping):
        errors.append(FieldError("/bindings", _("Give the bindings by their elements.")))
        return {}
    found: dict[str, Binding] = {}
    outcomes = {} if is_kept else outcomes_in(given)
    for key, one in given.items():
        here = below("/bindings", key)
        try:
            if not is_kept:
                _refuse_unkept(one)
            found[str(key)] = _read(kind, plan, str(key), one, here, errors, is_kept, outcomes)
        except WrongBinding as wrong:
            errors += [FieldError(f"{here}{pointer}", words) for words, pointer in wrong.faults]
    programs = {key for key, one in found.items() if isinstance(one, Automatic)}
    for key, one in found.items():
        if not isinstance(one, Results):
            continue
        if not one.of:
            found[key] = replace(one, of=task_before(plan, key, programs))
        elif not is_kept and (fault := _of_fault(plan, key, one.of, programs)):
            errors.append(FieldError(f"{below('/bindings', key)}/of", fault))
    return found


def _of_fault(plan: Plan, flow: str, task: str, programs: set[str]) -> str:
    """What is wrong with the task whose result is asked for, in words."""
    told = {"task": plan.nodes[task].name, "gateway": plan.nodes[plan.sources[flow]].name}
    if task in programs:
        return _("The program does “%(task)s”: nothing comes out of it. Choose a task of a person.") % told
    if task not in tasks_before(plan, flow, programs):
        return (
            _("“%(task)s” is not done before “%(gateway)s” is reached: choose a task that lies before it.")
            % told
        )
    return ""


def _refuse_unkept(given: Any, pointer: str = "", depth: int = 0) -> None:
    """Refuse what no database keeps: characters that are none, and values in one another without end."""
    if depth > DEEPEST:
        raise WrongBinding(
            _("This is nested too deep: at most %(most)d levels.") % {"most": DEEPEST}, pointer
        )
    if isinstance(given, str):
        if "\0" in given or given.encode(errors="replace").decode() != given:
            raise WrongBinding(_("There is a character in it that is none."), pointer)
    elif isinstance(given, Mapping):
        for key, one in given.items():
            _refuse_unkept(str(key), pointer, depth)
            _refuse_unkept(one, below(pointer, key), depth + 1)
    elif isinstance(given, list | tuple):
        for place, one in enumerate(given):
            _refuse_unkept(one, f"{pointer}/{place}", depth + 1)


def _read(
    kind: str,
    plan: Plan,
    key: str,
    one: Any,
    here: str,
    errors: list[FieldError],
    is_kept: bool,
    outcomes: Mapping[str, str],
) -> Binding:
    if not isinstance(one, Mapping):
        raise WrongBinding(_("Give the binding as an object."))
    if key in plan.sources:
        return _decided(one, outcomes, is_kept) if "outcome" in one else _flow(kind, one, plan)
    node = plan.nodes.get(key)
    if node is None:
        raise WrongBinding(_("The model has no such element."))
    if node.element.kind in WAITS_FOR_PEOPLE and "do" not in one:
        return read_task(kind, one, is_kept=is_kept)
    match wants(node):
        case "do" | "task":
            return _automatic(kind, one, here, errors, is_kept)
        case "design":
            return _call(one)
        case "timer":
            return _timer(one, node)
        case "condition":
            return Holding(_condition(kind, one.get("condition")))
        case "event":
            return _happening(kind, one)
    raise WrongBinding(_("This element is not bound to anything."))


def _automatic(
    kind: str, one: Mapping[str, Any], here: str, errors: list[FieldError], is_kept: bool
) -> Automatic:
    inner: list[FieldError] = []
    plan = read_steps(one.get("do") or [], kind, inner, is_kept=is_kept)
    for planned in plan:
        if planned.step.name in WAITING_STEPS:
            words = _("“%(step)s” is for rules: draw it in the model instead.") % {"step": planned.step.label}
            inner.append(FieldError(f"/steps/{planned.path}", words))
    errors.extend(FieldError(f"{here}/do{e.pointer.removeprefix('/steps')}", e.message) for e in inner)
    return Automatic(plan)


def _call(one: Mapping[str, Any]) -> Call:
    design = one.get("design")
    if isinstance(design, bool) or not str(design).isdecimal() or len(str(design)) > 15:
        raise WrongBinding(_("Choose a design."), "/design")
    return Call(int(str(design)))


def _timer(one: Mapping[str, Any], node: Node) -> Timer:
    (duration, working), together = all_read(
        lambda: _lasting(one.get("duration"), one.get("working_time")),
        lambda: _together(one.get("together"), node),
    )
    return Timer(duration, working, together)


def _lasting(given: Any, working: Any) -> tuple[Mapping[str, Any], bool]:
    duration, is_working = read_duration(given, working, "/duration")
    if not duration:
        raise WrongBinding(_("Give a length of time, such as 4 hours."), "/duration")
    return duration, is_working


def _together(given: Any, node: Node) -> int:
    """For how many cases a timer collects them."""
    text = str(1 if given in (None, "") else given)
    if (
        isinstance(given, bool)
        or not text.isdecimal()
        or len(text) > 5
        or not 1 <= int(text) <= MOST_TOGETHER
    ):
        told = {"first": 1, "last": MOST_TOGETHER}
        raise WrongBinding(_("Give a number from %(first)d to %(last)d.") % told, "/together")
    if int(text) > 1 and node.element.kind != "intermediateCatchEvent":
        raise WrongBinding(
            _("Cases are collected only where they wait on their way, at an event of its own."), "/together"
        )
    return int(text)


def _happening(kind: str, one: Mapping[str, Any]) -> Happening:
    event = one.get("event")
    if not isinstance(event, str) or event not in events_about(kind):
        raise WrongBinding(_("Choose an event that records of this kind have."), "/event")
    return Happening(event)


def _flow(kind: str, one: Mapping[str, Any], plan: Plan) -> Binding:
    if "results" in one:
        results = one["results"]
        if isinstance(results, str):
            results = [results]
        known = list(dict(RESULTS))  # what is given may be of any sort
        if not isinstance(results, list) or not results or any(r not in known for r in results):
            raise WrongBinding(_("Choose at least one result of a task."), "/results")
        return Results(tuple(results), _task_of(one.get("of"), plan))
    return Holding(_condition(kind, one.get("condition")))


def _task_of(given: Any, plan: Plan) -> str:
    """The person's task whose result is meant, where it is said."""
    if not given:
        return ""
    node = plan.nodes.get(given) if isinstance(given, str) else None
    if node is None or node.element.kind not in WAITS_FOR_PEOPLE:
        raise WrongBinding(_("The model has no such task of a person: choose one that lies before."), "/of")
    return node.id


def outcomes_in(given: Mapping[str, Any]) -> dict[str, str]:
    """By name the sort of each outcome of the decision tables that bindings ask."""
    asked = [
        (one.get("parameters") or {}).get("table")
        for binding in given.values()
        if isinstance(binding, Mapping) and isinstance(binding.get("do"), list)
        for one in binding["do"]
        if isinstance(one, Mapping) and one.get("step") == AskTable.name
    ]
    ids = [int(str(pk)) for pk in asked if str(pk).isdecimal() and len(str(pk)) < 16]
    return {
        output.name: output.sort
        for table in DecisionTable.objects.filter(pk__in=ids, live_number__isnull=False)
        for output in draft_of(table, table.live_number or 0).table.outputs
    }


def _decided(one: Mapping[str, Any], outcomes: Mapping[str, str], is_kept: bool) -> Decided:
    outcome, test = one.get("outcome"), one.get("test")
    if not isinstance(outcome, str) or (outcome not in outcomes and not is_kept):
        raise WrongBinding(
            _("No decision table that is asked here says this. Choose one of its outcomes."), "/outcome"
        )
    if not isinstance(test, str) or not test.strip():
        raise WrongBinding(_("Say what the outcome must be, such as high, or >= 10."), "/test")
    if not is_kept:
        try:
            read_cell(test, outcomes[outcome])
        except WrongCell as wrong:
            raise WrongBinding(cell_fault(wrong), "/test") from None
    return Decided(outcome, test)


def _condition(kind: str, given: Any) -> Condition:
    try:
        found = parse(given or {}, kind, VOCABULARY)
    except ConditionError as refused:
        raise WrongBinding(refused.message, f"/condition{refused.pointer}") from None
    if found == EVERYTHING:
        raise WrongBinding(_("Give a condition."), "/condition")
    return found
