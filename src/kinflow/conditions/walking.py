"""Following a path through records in memory: model instances, mappings, or one inside the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from .fields import Kind, Step
from .paths import hops_of, is_single, name_of


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
        if step.field.kept is not None:
            return _kept(record, step)
        record = _id_of(record, step) if last and step.field.kind is Kind.RELATION else _one(record, step)
    return _plain(record)


def _kept(record: Any, step: Step) -> Any:
    """The values of a list that is kept beside the record."""
    if isinstance(record, Mapping):
        return record.get(step.field.name)
    assert step.field.kept is not None
    return list(step.field.kept.of(record.pk))


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


def several_at(record: Any, steps: Sequence[Step]) -> Iterable[Any]:
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
