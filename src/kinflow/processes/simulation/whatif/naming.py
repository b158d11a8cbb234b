"""How what-ifs are called in the log's sentences."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from kinflow.eventlog import narration

from .models import WhatIf


def _what_ifs(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = WhatIf.objects.select_related("process").in_bulk(list(ids))
    return {
        pk: narration.Name(
            _("a what-if of %(name)s") % {"name": row.process.called},
            f"/processes/{row.process.key}/what-ifs/{pk}/",
        )
        for pk, row in rows.items()
    }


narration.namers["whatif"] = _what_ifs
