"""What an action asks for: read from its signature once, for dialogs, command palette and API alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from inspect import Parameter, signature
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from django.db.models import Model

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid

from .faces import Ask, Label, RecordType, registry
from .values_given import BLANK, WrongValue, value_of

NOTHING = Parameter.empty
_KINDS: dict[Any, str] = {
    str: "text",
    bool: "flag",
    int: "integer",
    float: "decimal",
    Decimal: "decimal",
    date: "date",
    datetime: "moment",
    bytes: "file",
}


@dataclass(frozen=True)
class Input:
    """One input of an action.

    `kind` is text, long, integer, decimal, date, moment, flag, choice, record (of type `target`), any_record
    ("lead:12"), file or json; `many` means a list of those. `required` inputs must hold something; others fall
    back to `default`, or to None where there is no default. `asked` says whether people are asked for it;
    the rest (a score card, the values an editor saw) only programs give.
    """

    name: str
    label: Label
    kind: str
    python: Any
    help: Label = ""
    target: str = ""
    many: bool = False
    required: bool = False
    nullable: bool = False
    default: Any = NOTHING
    offered: Sequence[tuple[Any, Label]] | Callable[[], Sequence[tuple[Any, Label]]] = ()
    max_length: int | None = None
    asked: bool = True

    @property
    def choices(self) -> Sequence[tuple[Any, Label]]:
        """The values that may be chosen, with their labels."""
        return self.offered() if callable(self.offered) else self.offered


_known: dict[tuple[Callable[..., Any], str], tuple[Input, ...]] = {}


def inputs_of(action: Callable[..., Any], face: RecordType | None = None) -> tuple[Input, ...]:
    """The inputs of the action in the order of its signature, without `by` and without the face's own record.

    `face` is the record type whose verb the action is; for the action that creates records of a type nothing is
    left out but `by`, as no argument has the type's name.
    """
    key = (action, face.name if face is not None else "")
    if key not in _known:
        _known[key] = tuple(_inputs(action, face))
    return _known[key]


def _inputs(action: Callable[..., Any], face: RecordType | None) -> Iterable[Input]:
    hints = get_type_hints(action, include_extras=True)
    for name, parameter in signature(action).parameters.items():
        if name == "by" or (face is not None and name == face.name):
            continue
        yield _input(name, hints.get(name, str), parameter.default, face)


def read(
    inputs: Iterable[Input], given: Mapping[str, Any], *, by: Actor, strict: bool = False
) -> dict[str, Any]:
    """The keyword arguments that the given values mean: texts of a form (a QueryDict too) or values of JSON.

    Records are resolved among those that `by` may see. `strict` refuses names that are no input.
    Raises Invalid with a FieldError for each value that is missing or wrong, pointing at "/name".
    """
    inputs = tuple(inputs)
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for each in inputs:
        try:
            value = value_of(each, _raw(each, given), by)
        except WrongValue as wrong:
            errors.append(FieldError(f"/{each.name}{wrong.pointer}", str(wrong)))
            continue
        if value is not BLANK:
            values[each.name] = value
    if strict:
        known = {each.name for each in inputs}
        errors += [FieldError(f"/{name}", str(WrongValue.unknown())) for name in given if name not in known]
    if errors:
        raise Invalid(errors=errors)
    return values


def _raw(each: Input, given: Mapping[str, Any]) -> Any:
    if each.many and hasattr(given, "getlist"):
        return given.getlist(each.name)
    return given.get(each.name, BLANK)


def _input(name: str, hint: Any, default: Any, face: RecordType | None) -> Input:
    ask: Ask | None = None
    if get_origin(hint) is Annotated:
        hint, *notes = get_args(hint)
        ask = next((note for note in notes if isinstance(note, Ask)), None)
    hint, nullable = _without_none(hint)
    hint, many = _element(hint)
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    hint, _inner = _without_none(hint)
    kind, target, offered = _kind(hint, name, ask, face)
    field = face.by_name.get(name) if face is not None else None
    return Input(
        name=name,
        label=(ask and ask.label) or _label(name, target, field),
        kind=kind,
        python=hint,
        help=(ask.help if ask else "") or (field.help if field else ""),
        target=target,
        many=many,
        required=default is NOTHING and not nullable,
        nullable=nullable or default is None,
        default=default,
        offered=offered,
        max_length=_longest(name, face) if kind == "text" else None,
        asked=kind != "json" or ask is not None,
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    """The type without None, and whether None was in it."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    parts = [part for part in get_args(hint) if part is not NoneType]
    return (parts[0] if len(parts) == 1 else Union[tuple(parts)]), NoneType in get_args(hint)  # noqa: UP007


def _element(hint: Any) -> tuple[Any, bool]:
    """The type of a list's elements, or the type itself, and whether it is a list."""
    origin = get_origin(hint)
    if isinstance(origin, type) and issubclass(origin, Iterable) and not issubclass(origin, Mapping):
        inside = [part for part in get_args(hint) if part is not Ellipsis]
        if len(inside) == 1:
            return inside[0], True
    return hint, False


def _kind(
    hint: Any, name: str, ask: Ask | None, face: RecordType | None
) -> tuple[str, str, Sequence[tuple[Any, Label]] | Callable[[], Sequence[tuple[Any, Label]]]]:
    """Kind, target and choices of an input."""
    if ask is not None and ask.choices:
        return "choice", "", ask.choices
    if get_origin(hint) is Literal:
        return "choice", "", tuple((value, str(value)) for value in get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Model):
        if hint is Model or hint._meta.abstract:
            return "any_record", "", ()
        return "record", str(hint._meta.model_name), ()
    kind = _KINDS.get(hint, "json")
    field = face.by_name.get(name) if face is not None else None
    if kind == "text" and ask is None and field is not None and field.choices:
        return "choice", "", tuple(field.choices)
    if kind == "text" and ask is not None and ask.long:
        return "long", "", ()
    return kind, "", ()


def _label(name: str, target: str, field: Any) -> Label:
    if field is not None:
        return field.label
    if target in registry:
        return registry[target].label
    return name.replace("_", " ").capitalize()


def _longest(name: str, face: RecordType | None) -> int | None:
    if face is None:
        return None
    fields = {f.name: f for f in face.model._meta.get_fields()}
    longest = getattr(fields.get(name), "max_length", None)
    return int(longest) if longest else None
