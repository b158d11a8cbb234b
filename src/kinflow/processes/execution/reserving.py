"""Tasks of processes that their design gives to a unit, or to who holds a position: the scoring finds one of them."""

from collections.abc import Collection

from kinflow.automation.assignments.reserved import Reserved, reserving

from ..designs.bindings import Task
from ..designs.kept import NotFit, kept
from .models import ProcessToken


def reserved_tasks(ids: Collection[int]) -> dict[int, Reserved]:
    """For whom these activities are, of those that a design gives to a unit or position: one query."""
    rows = ProcessToken.objects.filter(activity_id__in=[*ids])
    told = rows.values_list("activity_id", "node", "instance__design_id", "instance__number")
    found: dict[int, Reserved] = {}
    for activity, node, design, number in told:
        try:
            binding = kept(design, number).bindings.get(node)
        except NotFit:
            continue
        if activity is not None and isinstance(binding, Task) and binding.group:
            found[activity] = Reserved(binding.group)
    return found


def reserve_tasks() -> None:
    """Let the assignment of activities ask for whom they are."""
    reserving["activity"] = reserved_tasks
