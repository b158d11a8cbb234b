"""How proposals to move work are called in the log's sentences, and where they stand."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import narration
from kinflow.web import places

from .access import sees_rebalancing
from .models import Rebalancing


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Rebalancing.objects.in_bulk(list(ids))
    return {pk: narration.Name(str(row), f"/rebalancing/{pk}/") for pk, row in rows.items()}


def take_place() -> None:
    """Register the name and the place under Organisation."""
    narration.namers["rebalancing"] = _names
    place = places.SubPlace(
        _("Rebalancing"),
        "/rebalancing/",
        order=60,
        permitted=sees_rebalancing,
        text=_("Move open work when people are away, leave or have too much"),
    )
    places.register_sub("organisation", place)
