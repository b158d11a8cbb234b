"""The editor's form: from a rule's content to rows of inputs, and from what was sent to content again."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse_text, to_json
from kinflow.conditions.editing import UNIT_WORDS
from kinflow.kit.problem import FieldError
from kinflow.organisation.people.models import Person
from kinflow.organisation.units.models import Unit
from kinflow.records.asking import inputs_of
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.fields import editable_fields

from ..parameters import Parameter, parameters_of
from ..steps import registry as step_kinds

_STEP = re.compile(r"s:([0-9]{1,2}(?:\.[a-z]{1,20}\.[0-9]{1,2}){0,3})")


@dataclass(frozen=True)
class Value:
    """One value of a step that sets fields: its input, and what to choose from."""

    name: str
    label: Any
    field: str
    value: Any
    choices: Sequence[tuple[Any, Any]] = ()


@dataclass(frozen=True)
class Input:
    """One parameter of a step as an input; `name` is its form field."""

    parameter: Parameter
    name: str
    value: Any
    options: Sequence[tuple[str, Any]] = ()
    values: Sequence[Value] = ()
    addable: Sequence[tuple[str, Any]] = ()


@dataclass
class Row:
    """One step of the editor with its inputs, its inner lists of steps, and what is wrong with it."""

    path: str
    key: str
    label: Any
    help: Any
    inputs: list[Input]
    lists: list[tuple[str, Any, list["Row"]]] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)


def rows_of(
    steps: Any, kind: str, errors: Sequence[FieldError] = (), pointer: str = "/steps", path: str = ""
) -> list[Row]:
    """The rows of a list of steps."""
    found = []
    for at, one in enumerate(steps if isinstance(steps, list) else []):
        cls = step_kinds.get(one.get("step", "")) if isinstance(one, Mapping) else None
        if cls is None:
            continue
        own, here = f"{path}{at}", f"{pointer}/{at}"
        sent = one.get("parameters") or {}
        inputs, lists = [], []
        for p in parameters_of(cls):
            value = sent.get(p.name, p.default)
            if p.kind == "steps":
                below = f"{here}/parameters/{p.name}"
                lists.append(
                    (f"{own}.{p.name}.", p.label, rows_of(value, kind, errors, below, f"{own}.{p.name}."))
                )
            else:
                inputs.append(_input(f"s:{own}:{p.name}", p, value, sent, kind))
        inside = tuple(f"{here}/parameters/{p.name}/" for p in parameters_of(cls) if p.kind == "steps")
        wrong = [
            _placed(e, here, cls)
            for e in errors
            if (e.pointer == here or e.pointer.startswith(f"{here}/"))
            and not e.pointer.startswith(inside or "?")
        ]
        found.append(Row(own, cls.name, cls.label, cls.help, inputs, lists, wrong))
    return found


def _placed(error: FieldError, here: str, step: type[Any]) -> str:
    """What is wrong, behind the word of the input that it is said of."""
    name = error.pointer.removeprefix(f"{here}/parameters/").split("/")[0]
    label = next((p.label for p in parameters_of(step) if p.name == name), "")
    return _("%(field)s: %(said)s") % {"field": label, "said": error.message} if label else str(error.message)


def _input(name: str, p: Parameter, value: Any, sent: Mapping[str, Any], kind: str) -> Input:
    match p.kind:
        case "values":
            labels = settable(sent, kind)
            values = [
                Value(
                    f"{name}:{n}",
                    labels[n][0] if n in labels else n,
                    n,
                    v,
                    labels[n][1] if n in labels else (),
                )
                for n, v in (value or {}).items()
            ]
            return Input(
                p,
                name,
                value,
                (),
                values,
                [(n, told[0]) for n, told in labels.items() if n not in (value or {})],
            )
        case "person":
            people = Person.objects.filter(left_on=None).select_related("unit").order_by("unit__path", "pk")
            options = [(str(one.pk), f"{one.name} · {one.unit.name}") for one in people]
            return Input(p, name, str(value or ""), options)
        case "unit":
            return Input(
                p, name, str(value or ""), [(str(u.pk), u.name) for u in Unit.objects.order_by("path")]
            )
        case "record_type":
            options = [(f.name, f.label) for f in registry.values() if f.create is not None]
            return Input(p, name, value, options)
        case "field":
            return Input(p, name, value, [(f.name, f.label) for f in editable_fields(registry[kind])])
        case "duration":
            return Input(p, name, value or {}, [(unit.value, words) for unit, words in UNIT_WORDS.items()])
        case "choice":
            return Input(p, name, str(value), [(str(v), label) for v, label in p.options()])
        case "template":
            told = value if isinstance(value, Mapping) else {"en": value or "", "zh-hans": ""}
            return Input(p, name, told, [("en", "English"), ("zh-hans", "中文")])
        case _:
            return Input(p, name, value)


def settable(sent: Mapping[str, Any], kind: str) -> dict[str, tuple[Any, Sequence[tuple[Any, Any]]]]:
    """What a step may set, by name: the inputs of the kind that it creates, or the fields of the rule's kind."""
    if "record_type" in sent:
        face = registry.get(str(sent["record_type"]))
        if face is None or face.create is None:
            return {}
        return {
            e.name: (e.label, tuple(e.choices))
            for e in inputs_of(face.create)
            if e.asked and e.kind != "file"
        }
    return {f.name: (f.label, tuple(f.choices)) for f in editable_fields(registry[kind])}


def content_of(sent: QueryDict, kind: str) -> dict[str, Any]:
    """The rule's content as it was sent."""
    return {
        "trigger": _trigger(sent),
        "condition": condition_of(sent.get("condition", ""), kind),
        "steps": _steps(sent, "", kind),
    }


def _trigger(sent: QueryDict) -> dict[str, Any]:
    when = sent.get("when", "event")
    if when == "state":
        amount, unit = sent.get("held_amount", ""), sent.get("held_unit", "hours")
        held = {"amount": amount, "unit": unit} if amount.strip() not in ("", "0") else {}
        calendar = sent.get("calendar", "")
        return {"when": when, "for": held, "calendar": calendar, "existing": "existing" in sent}
    if when == "schedule":
        every = sent.get("every", "day")
        on = sent.get("on_week" if every == "week" else "on_month", "1")
        return {"when": when, "every": every, "at": sent.get("at", "09:00"), "on": on}
    events = [name for name in sent.getlist("events") if name]
    name, value = sent.get("data_name", "").strip(), sent.get("data_value", "").strip()
    return {"when": "event", "events": events, "data": {name: value} if name and value else {}}


def condition_of(text: str, kind: str) -> Any:
    """A condition in a form field as data; what cannot be read stays as it is, and is refused where it is checked."""
    if text.strip() in ("", "{}"):
        return {}
    try:
        return to_json(parse_text(text, kind, VOCABULARY))
    except ConditionError:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return {"field": text[:100]}


def _steps(sent: QueryDict, prefix: str, kind: str) -> list[dict[str, Any]]:
    """The steps below a prefix ("" or "0.then."), in order."""
    numbers = sorted(
        int(m[1][len(prefix) :])
        for key in sent
        if (m := _STEP.fullmatch(key)) and m[1].startswith(prefix) and m[1][len(prefix) :].isdecimal()
    )
    return [_step(sent, f"{prefix}{number}", kind) for number in numbers]


def _step(sent: QueryDict, path: str, kind: str) -> dict[str, Any]:
    name = str(sent[f"s:{path}"])
    cls = step_kinds.get(name)
    parameters: dict[str, Any] = {}
    for p in parameters_of(cls) if cls is not None else ():
        found = _sent(sent, f"s:{path}:{p.name}", p, path, kind)
        if found is not None:
            parameters[p.name] = found
    return {"step": name, "parameters": parameters}


def _sent(sent: QueryDict, name: str, p: Parameter, path: str, kind: str) -> Any:
    match p.kind:
        case "steps":
            return _steps(sent, f"{path}.{p.name}.", kind)
        case "yes_no":
            return name in sent
        case "values":
            start = f"{name}:"
            return {key[len(start) :]: sent[key] for key in sent if key.startswith(start)}
        case "duration":
            amount = sent.get(f"{name}:amount", "").strip()
            return {"amount": amount, "unit": sent.get(f"{name}:unit", "hours")} if amount else {}
        case "template":
            told = {language: sent.get(f"{name}:{language}", "") for language in ("en", "zh-hans")}
            return told if told["zh-hans"] else told["en"]
        case "record_condition":
            return condition_of(sent.get(name, ""), kind)
        case "condition":
            return condition_of(sent.get(name, ""), "person")
        case "person" | "unit":
            return sent.get(name) or None
        case _:
            return sent.get(name)


def edited(sent: QueryDict, content: dict[str, Any]) -> dict[str, Any]:
    """The content after one of the editor's buttons: a step added, taken out, moved up; a value added or taken out."""
    steps = content["steps"]
    for key in sent:
        if key.startswith("add:") and sent[key] in step_kinds:
            _list_at(steps, key[4:]).append({"step": sent[key], "parameters": {}})
        if key.startswith("addvalue:") and sent[key]:
            _at(steps, key[9:])["parameters"].setdefault("values", {})[sent[key][:60]] = ""
    if path := sent.get("remove", ""):
        _list_at(steps, path)[int(path.rpartition(".")[2])]["gone"] = True
    if path := sent.get("up", ""):
        found, at = _list_at(steps, path), int(path.rpartition(".")[2])
        if at > 0:
            found[at - 1], found[at] = found[at], found[at - 1]
    if pair := sent.get("unset", ""):
        path, _dot, name = pair.partition(":")
        _at(steps, path)["parameters"].get("values", {}).pop(name, None)
    content["steps"] = _without_gone(steps)
    return content


def _list_at(steps: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """The list that a path ("0.then.1", "0.then." or "") lies in."""
    parts = path.split(".")[:-1]
    for number, name in zip(parts[::2], parts[1::2], strict=True):
        steps = steps[int(number)]["parameters"].setdefault(name, [])
    return steps


def _at(steps: list[dict[str, Any]], path: str) -> dict[str, Any]:
    return _list_at(steps, path)[int(path.rpartition(".")[2])]


def _without_gone(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = [one for one in steps if not one.pop("gone", False)]
    for one in kept:
        cls = step_kinds.get(one["step"])
        for p in parameters_of(cls) if cls is not None else ():
            if p.kind == "steps" and p.name in one["parameters"]:
                one["parameters"][p.name] = _without_gone(one["parameters"][p.name])
    return kept
