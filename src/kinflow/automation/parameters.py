"""Typed parameters of criteria and of eligibility rules: one declaration gives the check, the form and the words."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from dataclasses import field as dataclass_field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from .parameter_values import READERS, WrongParameter

Choices = Sequence[tuple[Any, Any]]
T = TypeVar("T")


@dataclass(frozen=True)
class Parameter:
    """One parameter as a form sees it.

    `kind` is whole, number, yes_no, choice, condition (over people; over what a rule is about: "record_condition"),
    text, template (text with fields in braces, in one or in both languages), expression, person, unit, field (of what
    a rule is about), record_type, duration, values (by field name) or steps.
    """

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
    if isinstance(default, dict | list):
        return dataclass_field(default_factory=default.copy, metadata=more)
    return dataclass_field(default=default, metadata=more)


def parameters_of(cls: type) -> tuple[Parameter, ...]:
    """The parameters of a criterion or rule, in the order they are declared."""
    return tuple(
        Parameter(part.name, default=_default(part), **part.metadata)
        for part in fields(cls)
        if "label" in part.metadata
    )


def _default(part: Any) -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory()


def read(
    cls: type[T], given: Any, pointer: str, *, is_kept: bool = False
) -> tuple[T | None, list[FieldError]]:
    """An instance with the given parameters (missing ones take their default), or what is wrong with which of them.

    `is_kept`: they were checked when they were kept; choices that are gone since (a closed unit, a skill) and conditions
    over fields that are gone stay as they are.
    """
    if not isinstance(given, Mapping):
        return None, [FieldError(pointer, _("Give the parameters by their names."))]
    known = {p.name: p for p in parameters_of(cls)}
    errors = [
        FieldError(below(pointer, n), _("There is no such parameter.")) for n in given if n not in known
    ]
    values: dict[str, Any] = {}
    for name, wanted in known.items():
        if name not in given and (is_kept or wanted.kind != "choice" or wanted.default != ""):
            continue
        try:
            values[name] = _value(wanted, given.get(name), is_kept)
        except WrongParameter as wrong:
            errors.append(FieldError(f"{pointer}/{name}{wrong.pointer}", wrong.words))
    return (None, errors) if errors else (cls(**values), [])


def below(pointer: str, name: Any) -> str:
    """The JSON pointer to a member, whatever it is called."""
    shown = str(name)[:60].encode(errors="replace").decode().replace("\0", "?")
    return f"{pointer}/{shown.replace('~', '~0').replace('/', '~1')}"


def _value(wanted: Parameter, given: Any, is_kept: bool) -> Any:
    match wanted.kind:
        case "yes_no":
            return _yes_no(given)
        case "condition":
            return given if is_kept else _condition(given)
        case "choice":
            return given if is_kept else _choice(wanted, given)
        case "whole" | "number":
            return _number(wanted, given)
        case kind:
            return given if is_kept else READERS[kind](given)


def _yes_no(given: Any) -> bool:
    if isinstance(given, bool) or given in ("true", "on", "1", "false", "", "0", 1, 0):
        return given in (True, "true", "on", "1", 1)
    raise WrongParameter(_("Yes or no is expected here."))


def _condition(given: Any) -> Any:
    try:
        parse(given, "person", VOCABULARY)
    except ConditionError as refused:
        raise WrongParameter(refused.message, refused.pointer) from None
    return given


def _choice(wanted: Parameter, given: Any) -> Any:
    allowed = {str(value): value for value, _label in wanted.options()}
    if not isinstance(given, str | int) or str(given)[:200] not in allowed:
        raise WrongParameter(_("Choose one of the values."))
    return allowed[str(given)]


def finite(given: Any) -> float | None:
    """A number, or a text that is one; None for all else."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    if isinstance(given, str) and "_" in given:  # Python reads 1_000, people do not mean it
        return None
    try:
        number = float(given)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _number(wanted: Parameter, given: Any) -> Any:
    number, is_whole = finite(given), wanted.kind == "whole"
    if number is None or (is_whole and number != int(number)):
        raise WrongParameter(_("Give a whole number.") if is_whole else _("Give a number."))
    if (wanted.low is not None and number < wanted.low) or (wanted.high is not None and number > wanted.high):
        between = {"low": f"{wanted.low:g}", "high": f"{wanted.high:g}"}
        raise WrongParameter(_("Give a number from %(low)s to %(high)s.") % between)
    return int(number) if is_whole else number
