"""How sensitivities are called in the log's sentences."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from kinflow.eventlog import narration

from .models import Sensitivity


def _sensitivities(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Sensitivity.objects.select_related("process").in_bulk(list(ids))
    return {
        pk: narration.Name(
            _("a sensitivity of %(name)s") % {"name": row.process.called},
            f"/processes/{row.process.key}/sensitivity/{pk}/",
        )
        for pk, row in rows.items()
    }


narration.namers["sensitivity"] = _sensitivities
