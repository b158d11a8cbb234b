"""Rules that contradict each other, seen before they run: both set a field of the same records, to different values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kinflow.conditions import constants
from kinflow.records.faces import registry

from ..steps.assign import Assign
from ..steps.change_fields import ChangeFields
from ..steps.values import is_worked_out
from .drafts import Draft
from .live import Live

OWNER = "owner"


def contradictions(
    draft: Draft, others: Iterable[Live], rule_id: int | None = None
) -> Iterator[tuple[str, str]]:
    """The names of other rules, and the labels of the fields that they set otherwise than the draft."""
    own = _sets(draft)
    for live in others if own else ():
        if live.rule.pk == rule_id or not _may_meet(draft, live.draft):
            continue
        theirs = _sets(live.draft)
        for name in sorted(own.keys() & theirs.keys()):
            if own[name] != theirs[name]:
                field = registry[draft.kind].by_name.get(name)
                yield live.rule.name, str(field.label) if field is not None else name


def _sets(draft: Draft) -> Mapping[str, Any]:
    """The values that the rule's own steps set in any case: not those of a branch, and not what is worked out."""
    found: dict[str, Any] = {}
    for planned in draft.steps:
        if isinstance(planned.step, ChangeFields):
            found |= {n: str(v) for n, v in planned.step.values.items() if not is_worked_out(v)}
        if isinstance(planned.step, Assign) and planned.step.person is not None:
            found[OWNER] = planned.step.person
    return found


def _may_meet(one: Draft, other: Draft) -> bool:
    """Whether both can act on the same record for the same reason; what conditions insist on may keep them apart."""
    if one.kind != other.kind or one.trigger.when != other.trigger.when:
        return False
    if one.trigger.when == "event":
        if not set(one.trigger.events) & set(other.trigger.events):
            return False
        data, theirs = one.trigger.data, other.trigger.data
        if any(data[name] != theirs[name] for name in data.keys() & theirs.keys()):
            return False
    wanted, allowed = constants(one.condition), constants(other.condition)
    return all(wanted[path] & allowed[path] for path in wanted.keys() & allowed.keys())
