"""The shapes of what goes in and comes out, as JSON knows them; the API's description follows from them."""

from typing import Annotated, Any, get_args, get_origin

from ninja import Schema
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kinflow.conditions import Kind

from ..asking import Input
from ..faces import Field as FaceField
from ..values_given import LARGEST, LONGEST_LONG_TEXT, LONGEST_TEXT, MOST_VALUES

BIGGEST_ID = 2**63 - 1
Id = Annotated[StrictInt, Field(ge=1, le=BIGGEST_ID)]
Number = Annotated[StrictStr, Field(pattern=r"^[A-Za-z]{1,4}-[1-9][0-9]{0,17}$", description="Such as L-12.")]
Amount = Annotated[StrictStr, Field(pattern=r"^[+-]?[0-9]{1,20}(\.[0-9]{1,10})?$", max_length=40)]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class Strict(BaseModel):
    """A body without members that mean nothing; who sends one is told those that there are."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, given: Any) -> Any:
        unknown = [name for name in given if name not in cls.model_fields] if isinstance(given, dict) else []
        if unknown:
            known = ", ".join(cls.model_fields)
            raise PydanticCustomError("unknown", "unknown", {"names": unknown[:20], "known": known})
        return given


class Reference(Schema):
    """Another record: its kind, its id, and what it is called."""

    kind: str
    id: int
    title: str


class Pointed(Strict):
    """A record of any kind."""

    kind: Annotated[StrictStr, Field(max_length=60)]
    id: Id


def taken(asked: Input) -> Any:
    """The type of an input's value in a body."""
    one = _taken(asked)
    if asked.many:
        one = Annotated[list[one], Field(max_length=MOST_VALUES)]  # type: ignore[valid-type]
    return one if asked.required else one | None


def _taken(asked: Input) -> Any:
    match asked.kind:
        case "text":
            return _text(asked.max_length or LONGEST_TEXT, required=asked.required)
        case "long":
            return _text(asked.max_length or LONGEST_LONG_TEXT, required=asked.required)
        case "flag":
            return StrictBool
        case "integer":
            return Annotated[StrictInt, Field(ge=-LARGEST, le=LARGEST)]
        case "decimal":
            return Annotated[StrictInt, Field(ge=-LARGEST, le=LARGEST)] | StrictFloat | Amount
        case "date":
            return Annotated[StrictStr, Field(json_schema_extra={"format": "date"}, max_length=40)]
        case "moment":
            return Annotated[StrictStr, Field(json_schema_extra={"format": "date-time"}, max_length=60)]
        case "choice":
            return _choice(asked)
        case "record":
            return Id | Number
        case "any_record":
            return Pointed
        case "file":
            return Annotated[StrictStr, Field(json_schema_extra={"format": "byte"})]
        case _:
            return _row(asked.python) or dict[str, Any] | list[Any]


def _row(hint: Any) -> Any:
    """The type of a list of fixed length, such as tuple[str, str, int]; None for all else."""
    parts = get_args(hint)
    if get_origin(hint) is not tuple or Ellipsis in parts:
        return None
    strict = {int: Annotated[StrictInt, Field(ge=-LARGEST, le=LARGEST)], bool: StrictBool}
    return tuple[tuple(strict.get(part, StrictStr) for part in parts)]  # type: ignore[misc]


def _text(most: int, *, required: bool) -> Any:
    return Annotated[StrictStr, Field(max_length=most, min_length=1 if required else None)]


def _choice(asked: Input) -> Any:
    """A choice's values; those that depend on what is stored are told apart when they are read."""
    kind = StrictInt if asked.python is int else StrictStr
    if callable(asked.offered) or not asked.offered:
        return kind
    values = [value for value, _label in asked.offered]
    words = "; ".join(f"{value}: {label}" for value, label in asked.offered)
    values += [""] if not asked.required and kind is StrictStr and "" not in values else []
    return Annotated[kind, Field(json_schema_extra={"enum": values}, description=words[:1000])]


_SHOWN: dict[Kind, Any] = {
    Kind.INTEGER: int,
    Kind.BOOLEAN: bool,
    Kind.DATE: Day,
    Kind.MOMENT: Moment,
    Kind.DECIMAL: Annotated[str, Field(description="A decimal number.")],
    Kind.MONEY: Annotated[str, Field(description="An amount.")],
    Kind.TEXT_LIST: list[str],
    Kind.CHOICE_LIST: list[str],
}


def shown(field: FaceField) -> Any:
    """The type of a field's value in an answer; null where it is empty or hidden."""
    if field.many:
        return list[Reference] | None
    if field.kind is Kind.RELATION:
        return Reference | None
    if field.kind is Kind.CHOICE and field.choices:
        words = "; ".join(f"{value}: {label}" for value, label in field.choices)
        return Annotated[str | int | None, Field(description=words[:1000])]
    return _SHOWN.get(field.kind, str) | None
