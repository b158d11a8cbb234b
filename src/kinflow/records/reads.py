"""Which columns a function of a record reads: found by letting it read a probe."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.db import models

DEPTH = 3
_known: dict[tuple[int, type[models.Model]], frozenset[str]] = {}
_kept: list[Callable[[Any], Any]] = []  # so that ids are not given twice


def reads(function: Callable[[Any], Any], model: type[models.Model]) -> frozenset[str]:
    """The ORM paths of the columns that the function reads from a record ("contact__family_name").

    It is run twice over probes, with empty values and with others, so that both sides of an "or" are seen.
    What it reads only in rarer cases is loaded when asked for, as with any deferred column.
    """
    key = (id(function), model)
    if key not in _known:
        found: set[str] = set()
        for is_filled in (False, True):
            with suppress(Exception):  # a probe's values may make no sense; what was read until then counts
                str(function(_probe(model, "", found, is_filled, DEPTH)))
        _known[key] = frozenset(found)
        _kept.append(function)
    return _known[key]


def relations_of(paths: Iterable[str]) -> set[str]:
    """The relations that the paths lead over: all but their last steps."""
    return {path.rsplit("__", 1)[0] for path in paths if "__" in path}


def _probe(
    model: type[models.Model], path: str, found: set[str], is_filled: bool, depth: int
) -> models.Model:
    """A record without values that notes under which path each of them is asked for."""
    probe = model.from_db("default", [model._meta.pk.attname], [1])

    def note(using: Any = None, fields: Iterable[str] | None = None, **_more: Any) -> None:
        for name in fields or ():
            found.add(f"{path}{name.removesuffix('_id') if _is_foreign(model, name) else name}")
            probe.__dict__[name] = _sample(model, name, is_filled)

    probe.refresh_from_db = note  # type: ignore[method-assign,assignment]
    if depth:
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is not None:
                target: Any = field.related_model
                inner = _probe(target, f"{path}{field.name}__", found, is_filled, depth - 1)
                probe._state.fields_cache[field.name] = inner
    return probe


def _is_foreign(model: type[models.Model], attname: str) -> bool:
    return any(f.attname == attname and f.is_relation for f in model._meta.concrete_fields)


def _sample(model: type[models.Model], attname: str, is_filled: bool) -> Any:
    field = next(f for f in model._meta.concrete_fields if f.attname == attname)
    if isinstance(field, models.CharField | models.TextField):
        return "x" if is_filled else ""
    if isinstance(field, models.BooleanField):
        return is_filled
    if isinstance(field, models.IntegerField | models.DecimalField):
        return int(is_filled)
    return 1 if is_filled and field.is_relation else None
