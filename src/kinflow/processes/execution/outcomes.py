"""What decision tables said in an instance: kept beside the results of people's tasks, read by gateways."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kinflow.automation.decisions.cells import LIST, NUMBER, YES_NO, WrongCell, read_cell, read_value

from ..designs.bindings import Decided
from .models import ProcessInstance

PLACE = " outcomes"
"""Where they are kept among the results, by name: no id of an element has a blank."""


def keep_outcomes(instance: ProcessInstance, found: Iterable[Mapping[str, Any]]) -> None:
    """Keep what tables said; what was said before under the same name is gone."""
    said: dict[str, Any] = {}
    for each in found:
        said |= each
    if said:
        instance.results = {**instance.results, PLACE: {**outcomes_of(instance), **said}}


def outcomes_of(instance: ProcessInstance) -> dict[str, Any]:
    """What tables said so far, by name: {"sort": …, "value": …}."""
    found: dict[str, Any] = instance.results.get(PLACE) or {}
    return found


def is_decided(instance: ProcessInstance, asked: Decided) -> bool:
    """Whether an outcome passes the test; not where nothing was said."""
    said = outcomes_of(instance).get(asked.outcome)
    if said is None:
        return False
    try:
        return read_cell(asked.test, said["sort"]).holds(_value(said["value"], said["sort"]))
    except WrongCell:
        return False


def _value(kept: Any, sort: str) -> Any:
    if isinstance(kept, list):
        return tuple(str(each) for each in kept)
    if isinstance(kept, str) and sort not in (LIST, YES_NO):
        return read_value(kept, sort)
    return Decimal(kept) if sort == NUMBER and isinstance(kept, int) and not isinstance(kept, bool) else kept
