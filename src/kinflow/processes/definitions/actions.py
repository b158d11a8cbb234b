"""All that can be done with processes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.versions import refuse_outdated, refuse_strangers

from .drafts import read_content
from .events import ProcessAdded, ProcessChanged, ProcessSwitchedOff, ProcessSwitchedOn
from .models import Process

Given = Sequence[Mapping[str, Any]]
CONTENT = (
    "key",
    "name",
    "name_zh",
    "case_kind",
    "condition",
    "steps",
    "phases",
    "begins",
    "ends",
    "goals",
    "rates",
    "position",
)
FIXED = ("key", "case_kind")
"""What a process is called by, and what its cases are, stay as they are."""


def _refuse_taken(key: str) -> None:
    if Process.objects.filter(key=key).exists():
        raise Invalid(errors=[FieldError("/key", _("Another process has this key."))])


@action
def add_process(
    *,
    key: str,
    name: str,
    name_zh: str = "",
    case_kind: str = "",
    condition: Mapping[str, Any] | None = None,
    steps: Given = (),
    phases: Given = (),
    begins: Sequence[str] = (),
    ends: Sequence[str] = (),
    goals: Given = (),
    rates: Mapping[str, Any] | None = None,
    position: int = 100,
    shipped_as: str = "",
    by: Actor,
) -> Process:
    """Add a process; `case_kind` is empty where its events come from another system's log.

    steps: [{"key", "event", "name", "name_zh", "where", "each", "detail", "begins", "phase", "outcome"}, …]; phases:
    [{"key", "name", "name_zh"}, …]; begins, ends: keys of first and last steps; goals, rates: as `goals` reads them.
    Raises Invalid naming each part that is wrong.
    """
    permit(by, kind="process")
    content = read_content({
        "key": key, "name": name, "name_zh": name_zh, "case_kind": case_kind, "condition": condition, "steps": steps,
        "phases": phases, "begins": begins, "ends": ends, "goals": goals, "rates": rates, "position": position,
    })  # fmt: skip
    _refuse_taken(key)
    process = Process(shipped_as=shipped_as, **content)
    process.save()
    record(ProcessAdded(process=process, case_kind=case_kind))
    return process


@action
def change_process(
    *, process: Process, changes: Mapping[str, Any], seen: int | None = None, by: Actor
) -> Process:
    """Change a process. `seen` is the version the editor began with.

    Raises Stale where it is another now, Invalid for fields that cannot be changed and for what is wrong.
    """
    process = hold(process)
    permit(by, process)
    refuse_strangers(changes, set(CONTENT) - set(FIXED))
    refuse_outdated(process.version, seen)
    before = {name: getattr(process, name) for name in CONTENT}
    after = read_content({**before, **changes})
    changed = {name: [before[name], after[name]] for name in CONTENT if before[name] != after[name]}
    if changed:
        for name, (_old, new) in changed.items():
            setattr(process, name, new)
        process.save()
        record(ProcessChanged(process=process, changes=changed))
    return process


@action
def switch_process(*, process: Process, is_active: bool, by: Actor) -> Process:
    """Put a process aside, or take it up again."""
    process = hold(process)
    permit(by, process)
    if process.is_active != is_active:
        process.is_active = is_active
        process.save()
        record(ProcessSwitchedOn(process=process) if is_active else ProcessSwitchedOff(process=process))
    return process
