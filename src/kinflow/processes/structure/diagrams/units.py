"""What units are called in a diagram: each by itself, or together with the others of its department."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Literal

from kinflow.organisation.models import Unit
from kinflow.organisation.units.rules import ids_on

Width = Literal["units", "departments"]
WHOLE = ("department", "division", "business_unit", "company")
"""The kinds of units that are no part of a department."""


def names_by_id(width: Width) -> Mapping[str, str]:
    """What each unit is called, by its id as text; units of the same name with their id beside."""
    units = {unit.pk: unit for unit in Unit.objects.only("name", "path", "kind")}
    often = Counter(unit.name for unit in units.values())
    own = {pk: unit.name if often[unit.name] == 1 else f"{unit.name} #{pk}" for pk, unit in units.items()}
    if width == "units":
        return {str(pk): name for pk, name in own.items()}
    found = {}
    for pk, unit in units.items():
        way = [each for each in reversed(ids_on(unit.path)) if each in units and units[each].kind in WHOLE]
        found[str(pk)] = own[way[0] if way else pk]
    return found


def renamer(width: Width, is_ours: bool) -> Callable[[str], str]:
    """From a unit of a log to what it is called; units of other systems' logs are names already."""
    names = names_by_id(width) if is_ours else {}
    return lambda unit: names.get(unit, f"#{unit}" if is_ours else unit)
