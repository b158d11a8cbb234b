"""Forms made from what an action asks for: each input with its value, its words and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem

from ..asking import NOTHING, Input
from ..faces import face_of, registry
from ..values_given import WrongValue, record_of

TYPES = {"integer": "number", "decimal": "text", "date": "date", "moment": "datetime-local", "file": "file"}


@dataclass(frozen=True)
class FormInput:
    """One input as the form shows it."""

    input: Input
    value: str = ""
    values: Sequence[str] = ()
    shown: str = ""
    errors: Sequence[str] = ()
    is_focused: bool = False

    @property
    def type(self) -> str:
        """The HTML input type."""
        return TYPES.get(self.input.kind, "text")

    @property
    def is_on(self) -> bool:
        """Whether a flag is set."""
        return self.value.lower() in {"true", "on", "1"}

    @property
    def choices(self) -> list[tuple[str, Any, bool]]:
        """Value, label and whether it is chosen."""
        chosen = set(self.values) or {self.value}
        return [(str(value), label, str(value) in chosen) for value, label in self.input.choices]

    @property
    def wants_blank(self) -> bool:
        """Whether "nothing" can be chosen."""
        offered = {str(value) for value, _label in self.input.choices}
        return "" not in offered and (not self.input.required or not self.value)

    @property
    def target_label(self) -> Any:
        """What kind of record is picked."""
        return registry[self.input.target].label if self.input.target in registry else ""


def form_inputs(
    inputs: Iterable[Input], given: Mapping[str, Any], by: Actor, problem: Problem | None = None
) -> list[FormInput]:
    """The inputs with what was given (or their defaults), and the problem's words at each of them."""
    wrong: dict[str, list[str]] = {}
    for error in problem.errors if problem is not None else ():
        wrong.setdefault(error.pointer.strip("/").split("/")[0], []).append(str(error.message))
    found: list[FormInput] = []
    for each in inputs:
        raw = _given(each, given)
        many = [as_text(value) for value in raw] if isinstance(raw, list | tuple) else []
        value = "" if many else as_text(raw)
        focused = not any(f.is_focused for f in found)
        found.append(FormInput(each, value, many, _shown(each, raw, by), wrong.get(each.name, []), focused))
    return found


def general_errors(inputs: Iterable[FormInput], problem: Problem | None) -> list[str]:
    """What the problem says that belongs to none of the inputs."""
    if problem is None:
        return []
    names = {each.input.name for each in inputs}
    other = [str(e.message) for e in problem.errors if e.pointer.strip("/").split("/")[0] not in names]
    told = [str(problem.detail)] if problem.detail else []
    remedy = [str(problem.remedy)] if problem.remedy else []
    return [*told, *other, *remedy] or ([] if problem.errors else [str(problem.title)])


def _given(each: Input, given: Mapping[str, Any]) -> Any:
    if each.name in given:
        return given.getlist(each.name) if each.many and hasattr(given, "getlist") else given[each.name]
    return None if each.default is NOTHING else each.default


def as_text(value: Any) -> str:
    """A value as the text of an input."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, datetime):
        return (
            timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if timezone.is_aware(value) else str(value)
        )
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _shown(each: Input, raw: Any, by: Actor) -> str:
    """What the given record is called, so that a picker can show it."""
    if each.kind not in ("record", "any_record") or each.many or raw in (None, ""):
        return ""
    try:
        kind, number = (each.target, raw)
        if each.kind == "any_record" and not isinstance(raw, Model):
            kind, _colon, number = str(raw).partition(":")
        row = raw if isinstance(raw, Model) else record_of(kind, number, by)
        return str(face_of(row).title(row))
    except (WrongValue, KeyError):
        return ""
