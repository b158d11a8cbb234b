"""From a condition to a yes or no about one record in memory, with the same answer as in SQL.

A record is a model instance, or a mapping: by field name, with a mapping, an instance or an id for a related
record and a list for several; or by whole dotted path ("contact.account.industry"). What a mapping leaves out
is missing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from .context import Context
from .fields import Kind, Step
from .folding import fold
from .matching import Between, Covers, Like, Matcher, Missing, OneOf, Shares, matcher_of
from .reaching import hops_of, is_single, name_of
from .tree import All, Condition, Has, Not, Some, Test


def holds(condition: Condition, record: Any, context: Context) -> bool:
    """Whether the condition holds for the record.

    Related records that are not loaded yet are fetched; whoever asks about many selects or prefetches them.
    """
    match condition:
        case Test():
            matcher, opposite = matcher_of(condition, context)
            return _matches(matcher, value_at(record, condition.steps)) is not opposite
        case Has():
            found = (r for r in _several_at(record, condition.steps) if holds(condition.where, r, context))
            return len(list(islice(found, condition.at_least))) == condition.at_least
        case Not(part):
            return not holds(part, record, context)
        case All(parts):
            return all(holds(part, record, context) for part in parts)
        case Some(parts):
            return any(holds(part, record, context) for part in parts)


def value_at(record: Any, steps: Sequence[Step]) -> Any:
    """The value at the end of the steps, None where there is none; of a relation its id."""
    names = [step.field.name for step in steps]
    for at, step in enumerate(steps):
        whole = ".".join(names[at:])
        if record is None:
            return None
        if isinstance(record, Mapping) and whole in record:
            return _plain(record[whole])
        last = at == len(steps) - 1
        record = _id_of(record, step) if last and step.field.kind is Kind.RELATION else _one(record, step)
    return _plain(record)


def _plain(value: Any) -> Any:
    """A related record as its id; everything else as it is."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Mapping):
        return value.get("id")
    return value


def _one(record: Any, step: Step) -> Any:
    """What one step leads to."""
    if isinstance(record, Mapping):
        return record.get(step.field.name)
    for hop in hops_of(step):
        record = _attribute(record, name_of(hop))
    return record


def _id_of(record: Any, step: Step) -> Any:
    """The id of the record that a relation leads to, without loading it where the id is at hand."""
    if isinstance(record, Mapping):
        return record.get(step.field.name)
    *ahead, last = hops_of(step)
    for hop in ahead:
        record = _attribute(record, name_of(hop))
    return _attribute(record, getattr(last, "attname", None) or name_of(last))


def _attribute(record: Any, name: str) -> Any:
    try:
        return None if record is None else getattr(record, name)
    except ObjectDoesNotExist:
        return None


def _several_at(record: Any, steps: Sequence[Step]) -> Iterable[Any]:
    """The related records at the end of the steps, each once."""
    for step in steps[:-1]:
        if record is None:
            return ()
        record = _one(record, step)
    if record is None:
        return ()
    if isinstance(record, Mapping):
        return record.get(steps[-1].field.name) or ()
    return _walked([record], steps[-1])


def _walked(records: list[Any], step: Step) -> Iterable[Any]:
    """All that the step's hops lead to, each once."""
    for hop in hops_of(step):
        records = [r for record in records for r in _behind(record, hop)]
    return {record.pk: record for record in records}.values()


def _behind(record: Any, hop: Any) -> Iterator[Any]:
    """What one hop leads to, one record or several."""
    if not is_single(hop):
        if record.pk is not None:  # nothing can point at what is not saved yet
            yield from getattr(record, name_of(hop)).all()
    elif (found := _attribute(record, name_of(hop))) is not None:
        yield found


def _matches(matcher: Matcher, value: Any) -> bool:
    """Whether a value passes a comparison; a missing one passes only Missing."""
    if isinstance(matcher, Missing):
        return value is None or value in ("", [], ())
    if value is None:
        return False
    match matcher:
        case OneOf(values):
            return value in _like_floats(values, value)
        case Between(low, high, low_in, high_in):
            low, high = _like_floats((low, high), value)
            above = low is None or value > low or (low_in and value == low)
            return above and (high is None or value < high or (high_in and value == high))
        case Like(part, at_start, at_end):
            text, sought = fold(value), fold(part)
            return (
                text.startswith(sought) if at_start else text.endswith(sought) if at_end else sought in text
            )
        case Shares(values):
            return any(item in values for item in value)
        case Covers(values):
            return all(item in value for item in values)


def _like_floats(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    """The constants as floats where the value is one, since the database compares them so."""
    return tuple(v if v is None else float(v) for v in values) if isinstance(value, float) else values
