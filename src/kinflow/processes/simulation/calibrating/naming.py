"""How calibrations are called in the log's sentences."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from kinflow.eventlog import narration

from .models import Calibration


def _calibrations(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Calibration.objects.select_related("process").in_bulk(list(ids))
    return {
        pk: narration.Name(
            _("the calibration of %(name)s") % {"name": row.process.called},
            f"/processes/{row.process.key}/simulation/",
        )
        for pk, row in rows.items()
    }


narration.namers["calibration"] = _calibrations
