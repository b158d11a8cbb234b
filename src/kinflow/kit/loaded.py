"""Models made from rows without their constructor, which takes most of the time of reading a list.

Django's `from_db` calls `__init__` with a value or a mark for every column, and sets attribute by attribute. A model
whose columns are plain attributes, and whose making nobody listens to, needs none of that.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models.base import ModelState
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

M = TypeVar("M", bound=models.Model)
_LISTENED = (pre_init, post_init)


class Loaded(models.Model):
    """A model whose rows are read many at a time."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **more: Any) -> Self:
        """A model from the values of a row; fields that are not named stay to be loaded when asked for."""
        if more or not is_plain(cls):
            return super().from_db(db, field_names, values, **more)
        return loaded(cls, db, field_names, values)

    @classmethod
    def all_from_db(cls, db: str | None, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[Self]:
        """The models of many rows, as `from_db` makes each: without a call for each."""
        if not is_plain(cls):
            return [cls.from_db(db, names, row) for row in rows]
        found, make = [], cls.__new__
        for row in rows:
            made, state = make(cls), ModelState()
            state.adding, state.db = False, db
            inner = made.__dict__
            inner["_state"] = state
            inner.update(zip(names, row, strict=True))
            found.append(made)
        return found


def loaded(model: type[M], db: str | None, names: Sequence[str], values: Sequence[Any]) -> M:
    """The model with these values under the attributes `names`, as if it had come through its constructor."""
    made = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, db
    made.__dict__["_state"] = state
    made.__dict__.update(zip(names, values, strict=True))
    return made


@cache
def is_plain(model: type[models.Model]) -> bool:
    """Whether a row's values need nothing done to become attributes of the model."""
    return (
        model.__init__ is models.Model.__init__
        and not any(signal.has_listeners(model) for signal in _LISTENED)
        and all(_is_plain(model, field) for field in model._meta.concrete_fields)
    )


def _is_plain(model: type[models.Model], field: Any) -> bool:
    return isinstance(getattr(model, field.attname, None), DeferredAttribute)
