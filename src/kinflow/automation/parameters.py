"""Typed parameters of criteria and of eligibility rules: one declaration gives the check, the form and the words."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from dataclasses import field as dataclass_field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError

Choices = Sequence[tuple[Any, Any]]
T = TypeVar("T")


@dataclass(frozen=True)
class Parameter:
    """One parameter as a form sees it: `kind` is whole, number, yes_no, choice or condition."""

    name: str
    label: Any
    kind: str
    default: Any
    low: float | None = None
    high: float | None = None
    choices: Choices | Callable[[], Choices] = ()

    def options(self) -> Choices:
        """The values to choose from, read now."""
        return self.choices() if callable(self.choices) else self.choices


def parameter(
    label: Any,
    default: Any,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: Choices | Callable[[], Choices] = (),
    kind: str = "",
) -> Any:
    """A dataclass field that people may set; its kind follows from the default and the choices."""
    if not kind:
        kind = "choice" if choices else {bool: "yes_no", int: "whole"}.get(type(default), "number")
    more = {"label": label, "kind": kind, "low": low, "high": high, "choices": choices}
    if isinstance(default, dict):
        return dataclass_field(default_factory=dict, metadata=more)
    return dataclass_field(default=default, metadata=more)


def parameters_of(cls: type) -> tuple[Parameter, ...]:
    """The parameters of a criterion or rule, in the order they are declared."""
    return tuple(
        Parameter(part.name, default=({} if part.default is MISSING else part.default), **part.metadata)
        for part in fields(cls)
        if "label" in part.metadata
    )


def read(cls: type[T], given: Any, pointer: str) -> tuple[T | None, list[FieldError]]:
    """An instance with the given parameters (missing ones take their default), or what is wrong with which of them."""
    if not isinstance(given, Mapping):
        return None, [FieldError(pointer, _("Give the parameters by their names."))]
    known = {p.name: p for p in parameters_of(cls)}
    errors = [FieldError(f"{pointer}/{n}", _("There is no such parameter.")) for n in given if n not in known]
    values: dict[str, Any] = {}
    for name, wanted in known.items():
        if name not in given:
            continue
        value, fault = _value(wanted, given[name])
        if fault:
            errors.append(FieldError(f"{pointer}/{name}", fault))
        values[name] = value
    return (None, errors) if errors else (cls(**values), [])


def _value(wanted: Parameter, given: Any) -> tuple[Any, str]:
    if wanted.kind == "yes_no":
        return given in (True, "true", "on", "1", 1), ""
    if wanted.kind == "condition":
        return given if isinstance(given, Mapping) else {}, ""
    if wanted.kind == "choice":
        allowed = {str(value): value for value, _label in wanted.options()}
        return (allowed[str(given)], "") if str(given) in allowed else (None, _("Choose one of the values."))
    return _number(wanted, given)


def _number(wanted: Parameter, given: Any) -> tuple[Any, str]:
    try:
        number = float(given)
    except (TypeError, ValueError):
        return None, _("Give a number.")
    if not math.isfinite(number) or (wanted.kind == "whole" and number != int(number)):
        return None, _("Give a whole number.") if wanted.kind == "whole" else _("Give a number.")
    if (wanted.low is not None and number < wanted.low) or (wanted.high is not None and number > wanted.high):
        between = {"low": f"{wanted.low:g}", "high": f"{wanted.high:g}"}
        return None, _("Give a number from %(low)s to %(high)s.") % between
    return int(number) if wanted.kind == "whole" else number, ""
