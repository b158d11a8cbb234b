"""How searches are called in the log's sentences."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from kinflow.eventlog import narration

from .models import MoveSearch


def _searches(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = MoveSearch.objects.select_related("process").in_bulk(list(ids))
    return {
        pk: narration.Name(
            _("a search for the best moves for %(name)s") % {"name": row.process.called},
            f"/processes/{row.process.key}/move-searches/{pk}/",
        )
        for pk, row in rows.items()
    }


narration.namers["movesearch"] = _searches
