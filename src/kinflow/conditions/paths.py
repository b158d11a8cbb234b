"""Walking over models: the ORM lookup path of some steps, the column at its end, and the way back."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import Model

from .fields import Step


def lookup_of(steps: Sequence[Step]) -> str:
    """The ORM lookup path of the steps, from the first step's model."""
    return "__".join(step.field.path for step in steps)


def hops_of(step: Step) -> list[Any]:
    """The model fields and relations that a step's path goes through, in order."""
    return _hops(step.model, step.field.path)


@cache
def _hops(model: Any, path: str) -> list[Any]:
    hops = []
    for part in path.split("__"):
        hop = model._meta.get_field(part)
        hops.append(hop)
        model = hop.related_model
    return hops


def name_of(hop: Any) -> str:
    """The attribute under which a record has what the hop leads to."""
    return str(hop.get_accessor_name() if hop.auto_created and not hop.concrete else hop.name)


def is_single(hop: Any) -> bool:
    """Whether the hop leads to one record at most."""
    return not (hop.one_to_many or hop.many_to_many)


def way_back(step: Step) -> tuple[str, type[Model], str]:
    """For a step to several records: the path to its last single record, the several's model, the path back.

    A case's `account__contacts` is ("account", Contact, "account"): contacts of the same account.
    """
    hops = hops_of(step)
    names = step.field.path.split("__")
    ahead = next(i for i, hop in enumerate(hops) if not is_single(hop))
    back = "__".join(hop.remote_field.name for hop in reversed(hops[ahead:]))
    return "__".join(names[:ahead]), hops[-1].related_model, back


def is_crossing(step: Step) -> bool:
    """Whether one related record can be reached in several ways, and so must be counted once."""
    hops = hops_of(step)
    ahead = next(i for i, hop in enumerate(hops) if not is_single(hop))
    return len(hops) - ahead > 1
