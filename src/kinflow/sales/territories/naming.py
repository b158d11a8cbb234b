"""How plans of territories are called in the log's sentences."""

from collections.abc import Collection

from kinflow.eventlog import narration

from .models import TerritoryPlan


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = TerritoryPlan.objects.in_bulk(list(ids))
    return {pk: narration.Name(str(row), f"/territories/plans/{pk}/") for pk, row in rows.items()}


narration.namers["territoryplan"] = _names
