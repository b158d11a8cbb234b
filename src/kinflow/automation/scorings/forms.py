"""The editor's form: from content to rows of inputs, and from what was sent to content again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from kinflow.conditions import ConditionError, parse_text, to_json
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from ..criteria import registry as criteria
from ..eligibility import registry as rules
from ..parameters import Parameter, parameters_of

DEFAULT_WEIGHT = 10


@dataclass(frozen=True)
class Input:
    """One parameter with its value, as an input; `name` is its form field."""

    parameter: Parameter
    name: str
    value: Any
    options: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True)
class Part:
    """One row of the editor: a criterion or an eligibility rule with its inputs and what is wrong with it."""

    at: int
    key: str
    label: Any
    help: Any
    inputs: Sequence[Input]
    weight: Any = None
    errors: Sequence[Any] = ()


def parts(prefix: str, given: Sequence[Mapping[str, Any]], errors: Sequence[FieldError] = ()) -> list[Part]:
    """The rows of the criteria (prefix "c") or of the eligibility rules (prefix "e")."""
    kinds: Mapping[str, Any] = criteria if prefix == "c" else rules
    word, pointer = ("criterion", "/criteria") if prefix == "c" else ("rule", "/eligibility")
    found = []
    for at, one in enumerate(given):
        kind = kinds.get(one.get(word, ""))
        if kind is None:
            continue
        sent = one.get("parameters") or {}
        inputs = [_input(f"{prefix}{at}-p-{p.name}", p, sent) for p in parameters_of(kind)]
        wrong = [e.message for e in errors if e.pointer.startswith(f"{pointer}/{at}/")]
        found.append(
            Part(at, kind.name, kind.label, getattr(kind, "help", ""), inputs, one.get("weight"), wrong)
        )
    return found


def _input(name: str, parameter: Parameter, sent: Mapping[str, Any]) -> Input:
    options = [(str(value), label) for value, label in parameter.options()]
    value = sent.get(parameter.name, parameter.default)
    return Input(parameter, name, str(value) if parameter.kind == "choice" else value, options)


def content_of(sent: QueryDict) -> dict[str, Any]:
    """The scoring's content as it was sent; numbers stay text until they are checked."""
    return {
        "criteria": [
            {"criterion": key, "weight": _number(sent.get(f"c{at}-weight")), "parameters": given}
            for at, key, given in _rows(sent, "c", criteria)
        ],
        "eligibility": [{"rule": key, "parameters": given} for _at, key, given in _rows(sent, "e", rules)],
        "fallback": _whole(sent.get("fallback", "")),
        "minimum_points": _number(sent.get("minimum_points")) if sent.get("minimum_points") else None,
        "tell": [_whole(one) for one in sent.getlist("tell") if one],
        "offer": _offer(sent),
    }


def _offer(sent: QueryDict) -> dict[str, Any] | None:
    """On which terms it offers; None where it gives."""
    if sent.get("offers") != "true":
        return None
    return {
        "minutes": _number(sent.get("offer_minutes")),
        "working_time": sent.get("offer_time") != "elapsed",
    }


def own_of(sent: QueryDict, kind: str) -> dict[str, Any]:
    """The scoring's own fields as they were sent. Raises ConditionError."""
    return {
        "name": sent.get("name", ""),
        "name_zh": sent.get("name_zh", ""),
        "position": sent.get("position") or "10",
        "condition": condition_of(sent.get("condition", ""), kind),
    }


def condition_of(text: str, kind: str) -> Any:
    """The condition in a form field as data; nothing means every item. Raises ConditionError."""
    if text.strip() in ("", "{}"):
        return {}
    return to_json(parse_text(text, kind, VOCABULARY))


def _rows(sent: QueryDict, prefix: str, kinds: Mapping[str, Any]) -> list[tuple[int, str, dict[str, Any]]]:
    found = []
    numbers = sorted(int(m[1]) for key in sent if (m := re.fullmatch(rf"{prefix}([0-9]{{1,3}})-name", key)))
    for at in numbers:
        key = str(sent[f"{prefix}{at}-name"])
        wanted = parameters_of(kinds[key]) if key in kinds else ()
        found.append((at, key, {p.name: v for p in wanted if (v := _sent(sent, prefix, at, p)) is not None}))
    return found


def _sent(sent: QueryDict, prefix: str, at: int, parameter: Parameter) -> Any:
    name = f"{prefix}{at}-p-{parameter.name}"
    if parameter.kind == "yes_no":
        return name in sent
    if name not in sent:
        return None
    if parameter.kind == "condition":
        try:
            return condition_of(str(sent[name]), "person")
        except ConditionError:
            return sent[name]  # refused where it is checked: it must not come to mean everybody
    return _number(str(sent[name])) if parameter.kind in ("whole", "number") else sent[name]


def _number(text: str | None) -> Any:
    try:
        number = float(text or "")
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e9 else number


def _whole(text: str) -> Any:
    return int(text) if text.isdecimal() and len(text) < 19 else (text or None)


def edited(sent: QueryDict, content: dict[str, Any]) -> dict[str, Any]:
    """The content after a row was added (`add_criterion`, `add_rule`) or taken out (`remove`: "c2", "e0")."""
    if (added := sent.get("add_criterion")) in criteria:
        content["criteria"].append({"criterion": added, "weight": DEFAULT_WEIGHT, "parameters": {}})
    if (added := sent.get("add_rule")) in rules:
        content["eligibility"].append({"rule": added, "parameters": {}})
    if gone := re.fullmatch(r"([ce])([0-9]{1,3})", sent.get("remove", "")):
        rows = content["criteria" if gone[1] == "c" else "eligibility"]
        if int(gone[2]) < len(rows):
            del rows[int(gone[2])]
    return content
