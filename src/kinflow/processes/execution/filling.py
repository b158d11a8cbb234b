"""The fields of the record that a task of a process asks for: filled in with the form that finishes the task.

What is required must be there, whoever finishes the task and whichever way it is done, but where it was not reached or
is to be continued.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from kinflow.customers.activities import finishing
from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import Actor, action
from kinflow.kit.problem import FieldError, Problem, Refused
from kinflow.records.access import may_see
from kinflow.records.asking import Input
from kinflow.records.changing import plain
from kinflow.records.faces import Field, RecordType, registry
from kinflow.records.pages.composing import More, more_asked, register_more_asked
from kinflow.records.pages.fields import can_edit, input_for
from kinflow.records.pages.shown import value_reader
from kinflow.records.pages.verbs import may_run

from ..designs.asked_fields import askable
from ..designs.bindings import Task
from ..designs.kept import NotFit, kept
from .deciding import FINISH, TASK
from .models import OPEN, ProcessToken

UNFINISHED = ("no_answer", "unfinished")
"""Results with which nothing has to be filled in yet."""
BELOW = "record."
"""What the names of a form's inputs begin with that are fields of the record."""


@dataclass(frozen=True)
class Filling:
    """The record that a task is about, the fields that it asks for, and the names of those that are required."""

    face: RecordType
    record: Any
    fields: tuple[Field, ...]
    required: frozenset[str]

    def is_empty(self, field: Field) -> bool:
        """Whether a field holds nothing."""
        return value_reader(field)(self.record) in (None, "", [], ())


def _task_at(token: ProcessToken) -> Task:
    """What the task of a token is bound to; a plain task where that is gone."""
    try:
        binding = kept(token.instance.design_id, token.instance.number).bindings.get(token.node)
    except NotFit:
        binding = None
    return binding if isinstance(binding, Task) else Task()


def filling_of(activity_id: int) -> Filling | None:
    """What a task asks for; None where it is no task of a process in operation, or asks for nothing."""
    tokens = ProcessToken.objects.filter(
        activity_id=activity_id, instance__is_shadow=False, instance__state__in=OPEN
    )
    token = tokens.select_related("instance").first()
    task = _task_at(token) if token is not None else Task()
    face = registry.get(token.instance.about_kind) if token is not None and task.fields else None
    if token is None or face is None:
        return None
    record = face.model._default_manager.filter(pk=token.instance.about_id).first()
    known = askable(face.name)
    fields = tuple(known[name] for name in task.fields if name in known)
    return Filling(face, record, fields, frozenset(task.required)) if fields and record is not None else None


def fields_asked(token: ProcessToken) -> dict[str, list[str]]:
    """By "fields" and "required" the names of what the task of a token asks for."""
    task = _task_at(token)
    return {"fields": [*task.fields], "required": [*task.required]}


def missing(activity: Activity, result: str) -> list[FieldError]:
    """The required fields that are empty still."""
    filling = None if result in UNFINISHED else filling_of(activity.pk)
    if filling is None:
        return []
    words = _("Fill in “%(field)s” of %(record)s before the task is finished.")
    return [
        FieldError(
            f"/{BELOW}{field.name}",
            words % {"field": field.label, "record": filling.face.number(filling.record)},
        )
        for field in filling.fields
        if field.name in filling.required and filling.is_empty(field)
    ]


@action
def fill_and_finish(
    *,
    activity: Activity,
    changes: Mapping[str, Any],
    seen: Mapping[str, Any],
    result: str = "done",
    outcome: str = "",
    by: Actor,
) -> Activity:
    """Change the record by what the task asked for, and finish the task: both or neither.

    Raises Refused for who may not finish the task, or not change one of these fields; what the record's change and
    `finish_activity` raise.
    """
    filling = filling_of(activity.pk)
    _refuse_others(activity, filling, changes, by)
    if filling is not None and changes and filling.face.change is not None:
        filling.face.change(**{filling.face.name: filling.record}, changes=changes, seen=seen, by=by)
    return finish_activity(activity=activity, result=result, outcome=outcome, by=by)


def _refuse_others(
    activity: Activity, filling: Filling | None, changes: Mapping[str, Any], by: Actor
) -> None:
    """Ask for both actions whether they are permitted: within another action they do not ask themselves."""
    asked = (
        {field.name for field in filling.fields if can_edit(filling.face, field, filling.record, by)}
        if filling
        else set()
    )
    if changes.keys() - asked or not may_run(by, registry[TASK], finish_activity, activity):
        raise Refused(remedy=_("Ask the owner of the record, a team lead or an administrator."))


def asked_besides(face: RecordType, record: Any, verb: str, by: Actor) -> More | None:
    """The record's fields in the form that finishes a task; None for all other forms."""
    if (face.name, verb) != (TASK, FINISH):
        return None
    filling = filling_of(record.pk)
    if filling is None or not may_see(by, filling.record):
        return None
    fields = [f for f in filling.fields if can_edit(filling.face, f, filling.record, by)]
    if not fields:
        return None
    inputs = [_input(filling, field) for field in fields]
    now = {field.name: plain(value_reader(field)(filling.record)) for field in fields}
    given = {f"{BELOW}{name}": value for name, value in now.items()}

    def run(values: Mapping[str, Any], sent: Mapping[str, Any]) -> Any:
        told = {name: values.get(f"{BELOW}{name}") for name in now if f"{BELOW}{name}" in values}
        seen = _seen(sent, now)
        changes = {name: value for name, value in told.items() if plain(value) != seen[name]}
        others = {name: value for name, value in values.items() if not name.startswith(BELOW)}
        try:
            return fill_and_finish(
                activity=record, changes=changes, seen={name: seen[name] for name in changes}, by=by, **others
            )
        except Problem as problem:
            problem.errors = tuple(_at_its_input(error, now) for error in problem.errors)
            raise

    about = _("%(record)s: what the process asks for") % {"record": filling.face.number(filling.record)}
    return More(about, inputs, given, json.dumps(now, ensure_ascii=False), run)


def _input(filling: Filling, field: Field) -> Input:
    asked = input_for(filling.face, field)
    label = (
        _("%(field)s (required)") % {"field": field.label} if field.name in filling.required else field.label
    )
    return replace(asked, name=f"{BELOW}{field.name}", label=label)


def _seen(sent: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields held when the form was opened; as they are now where the form does not say."""
    try:
        told = json.loads(str(sent.get("seen") or "{}"))
    except (ValueError, RecursionError):
        told = {}
    return {name: told.get(name, value) if isinstance(told, dict) else value for name, value in now.items()}


def _at_its_input(error: FieldError, names: Mapping[str, Any]) -> FieldError:
    """What is wrong with a field of the record, at its input."""
    name = error.pointer.rpartition("/")[2]
    return FieldError(f"/{BELOW}{name}", error.message) if name in names else error


def ask_for_fields() -> None:
    """Let tasks of processes ask for fields, and be finished only when what is required is there."""
    if missing not in finishing.checks:
        finishing.checks.append(missing)
    if asked_besides not in more_asked:
        register_more_asked(asked_besides)
