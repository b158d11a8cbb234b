"""What the versions by which instances start need: other designs, decision tables, units and positions."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from kinflow.automation.decisions.actions import in_use
from kinflow.automation.decisions.models import DecisionTable
from kinflow.automation.steps.ask_table import AskTable
from kinflow.organisation.models import Position, Unit
from kinflow.organisation.retiring import needs

from ..deployments.models import RUNNING
from .models import DesignVersion


def bindings_at_work() -> list[tuple[int, str, Mapping[str, Any]]]:
    """By design, with its name, the bindings of each version that is in operation or deployed."""
    rows = DesignVersion.objects.filter(
        Q(number=F("design__live_number"))
        | Q(design__deployments__state=RUNNING, number=F("design__deployments__number"))
    )
    return list(rows.values_list("design_id", "design__name", "bindings"))


def calls_at_work() -> list[tuple[int, str, set[int]]]:
    """The same, with the designs that each calls."""
    return [
        (pk, name, {int(one["design"]) for one in bindings.values() if "design" in one})
        for pk, name, bindings in bindings_at_work()
    ]


def tables_asked(bindings: Mapping[str, Any]) -> set[str]:
    """The decision tables that bindings ask, by their ids."""
    steps = [one for binding in bindings.values() for one in binding.get("do") or []]
    asked = [one.get("parameters") or {} for one in steps if one.get("step") == AskTable.name]
    return {str(given.get("table", "")) for given in asked}


def needed_by_design(table: DecisionTable) -> str:
    """What to say where a design at work asks the table; else nothing."""
    asking = sorted(
        name for _pk, name, bindings in bindings_at_work() if str(table.pk) in tables_asked(bindings)
    )
    return _("The design “%(design)s” asks this table.") % {"design": asking[0]} if asking else ""


in_use.append(needed_by_design)


@needs("unit")
@needs("position")
def giving_work_to(group: Unit | Position) -> list[str]:
    """The designs at work that give a task to a unit, or to who holds a position, by their names."""
    named = f"{group._meta.model_name}:{group.pk}"
    return sorted(
        {
            name
            for _pk, name, bindings in bindings_at_work()
            if any(one.get("assign") == named for one in bindings.values())
        }
    )
