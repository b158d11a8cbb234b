"""How replays and proposed weights are called in the log's sentences."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from kinflow.eventlog import narration

from ..naming import called
from .models import ScoringReplay, WeightLearning


def _replays(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = ScoringReplay.objects.select_related("scoring").in_bulk(list(ids))
    return {
        pk: narration.Name(
            _("the replay of %(name)s") % {"name": called(row.scoring)},
            f"/scorings/{row.scoring_id}/replays/{pk}/",
        )
        for pk, row in rows.items()
    }


def _learnings(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = WeightLearning.objects.select_related("scoring").in_bulk(list(ids))
    return {
        pk: narration.Name(
            _("proposed weights of %(name)s") % {"name": called(row.scoring)},
            f"/scorings/{row.scoring_id}/learning/{pk}/",
        )
        for pk, row in rows.items()
    }


narration.namers["scoringreplay"] = _replays
narration.namers["weightlearning"] = _learnings
