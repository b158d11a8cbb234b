"""How processes are called in the log's sentences."""

from collections.abc import Collection

from kinflow.eventlog import narration

from .models import Process


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Process.objects.in_bulk(list(ids))
    return {pk: narration.Name(row.called, f"/processes/{row.key}/") for pk, row in rows.items()}


narration.namers["process"] = _names
