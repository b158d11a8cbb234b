"""How reference models are called in the log's sentences."""

from collections.abc import Collection

from kinflow.eventlog import narration

from .models import ReferenceModel


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = ReferenceModel.objects.defer("content").in_bulk(list(ids))
    return {
        pk: narration.Name(row.name, f"/processes/{row.process_key}/model/{pk}/") for pk, row in rows.items()
    }


narration.namers["referencemodel"] = _names
