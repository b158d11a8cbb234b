"""The schemas of one record type: its record, what makes one, what changes one, what each verb asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ninja import Schema
from pydantic import BaseModel, Field, create_model

from ..asking import Input, inputs_of
from ..faces import RecordType, Verb
from ..pages.fields import editable_fields, input_for
from ..pages.verbs import verbs_of
from .shapes import Reference, Strict, shown, taken


@dataclass(frozen=True)
class Schemas:
    """The schemas of a record type, each made once."""

    face: RecordType

    @property
    def name(self) -> str:
        """The record type's name as schemas begin with it."""
        return self.face.model.__name__

    @cached_property
    def fields(self) -> type[Schema]:
        """The values of a record; a field is absent where it was not asked for or may not be read."""
        members: dict[str, Any] = {
            f.name: (shown(f), Field(None, title=str(f.label))) for f in self.face.fields
        }
        return create_model(f"{self.name}Fields", __base__=Schema, __doc__=self._doc("fields"), **members)

    @cached_property
    def record(self) -> type[Schema]:
        """A record: its number, its title, its version, its fields."""
        members: dict[str, Any] = {
            "id": (int, ...),
            "kind": (str, ...),
            "number": (str, Field(description="What people call it by.")),
            "title": (str, ...),
            "url": (str, Field(description="Its page.")),
            "version": (int, Field(description="Another after each change; the ETag.")),
            "fields": (self.fields, ...),
            "verbs": (list[str], Field(default=[], description="What the caller can do with it now.")),
        }
        return create_model(f"{self.name}Record", __base__=Schema, __doc__=self._doc("record"), **members)

    @cached_property
    def page(self) -> type[Schema]:
        """Some records in order, and the cursor of those behind them."""
        members: dict[str, Any] = {
            "items": (list[self.record], ...),  # type: ignore[name-defined]
            "next": (str | None, Field(description="The cursor of the next page; null at the end.")),
        }
        return create_model(f"{self.name}Page", __base__=Schema, __doc__=self._doc("page"), **members)

    @cached_property
    def done(self) -> type[Schema]:
        """What an action made or changed, and the record as it is now, where the caller may see it."""
        members: dict[str, Any] = {
            "result": (Reference | None, Field(description="What the action gave back.")),
            "record": (self.record | None, ...),
        }
        return create_model(f"{self.name}Done", __base__=Schema, __doc__=self._doc("done"), **members)

    @cached_property
    def new(self) -> type[BaseModel] | None:
        """The body that makes a record; None where records of the type are not made like this."""
        if self.face.create is None:
            return None
        return body(f"{self.name}New", told(self.face, self.face.create, None))

    @cached_property
    def changes(self) -> type[BaseModel] | None:
        """The body that changes a record; None where there is nothing to change."""
        fields = editable_fields(self.face)
        if self.face.change is None or not fields:
            return None
        values = _model(
            f"{self.name}Values",
            {f.name: (taken(input_for(self.face, f)), Field(None, title=str(f.label))) for f in fields},
        )
        members: dict[str, Any] = {
            "changes": (values, Field(description="The fields to be set.")),
            "seen": (values | None, Field(None, description="Fields as they were read: refused if stale.")),
        }
        return _model(f"{self.name}Changes", members)

    def asked_by(self, verb: Verb) -> type[BaseModel]:
        """The body that a verb takes."""
        words = "".join(part.capitalize() for part in verb.name.split("_"))
        return body(f"{self.name}{words}", told(self.face, verb.action, self.face))

    @cached_property
    def verbs(self) -> tuple[Verb, ...]:
        """What can be done with records of the type."""
        return verbs_of(self.face)

    def _doc(self, part: str) -> str:
        return {
            "fields": f"The fields of {self.face.name}; absent where not asked for or not readable.",
            "record": f"One {self.face.name}.",
            "page": f"Some {self.face.slug} in order.",
            "done": f"What was done, and the {self.face.name} as it is now, if the caller may see it.",
        }[part]


def told(face: RecordType, action: Any, of: RecordType | None) -> list[Input]:
    """The inputs that callers give: what people are asked for, and structures; never score cards."""
    return [_bounded(face, each) for each in inputs_of(action, of) if each.asked or of is None]


def _bounded(face: RecordType, each: Input) -> Input:
    """The input, no longer than the column of its name."""
    if each.kind != "text" or each.max_length:
        return each
    columns = {f.name: f for f in face.model._meta.concrete_fields}
    return replace(each, max_length=getattr(columns.get(each.name), "max_length", None))


def body(name: str, inputs: Iterable[Input]) -> type[BaseModel]:
    """A body with a member for each input."""
    return _model(name, {each.name: (taken(each), _member(each)) for each in inputs})


def _member(each: Input) -> Any:
    words = str(each.help) or None
    return Field(... if each.required else None, title=str(each.label), description=words)


def _model(name: str, members: dict[str, Any]) -> type[BaseModel]:
    return create_model(name, __base__=Strict, **members)
