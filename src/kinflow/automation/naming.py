"""How scorings and pools are called in the log's sentences."""

from collections.abc import Collection

from django.utils import translation

from kinflow.eventlog import narration

from .pool.models import Pool
from .scorings.models import Scoring


def called(named: Scoring | Pool) -> str:
    """The name of a scoring or a pool in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (named.name_zh if is_chinese else "") or named.name


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Scoring.objects.in_bulk(list(ids))
    return {pk: narration.Name(called(row), f"/scorings/{pk}/") for pk, row in rows.items()}


def _pool_names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Pool.objects.in_bulk(list(ids))
    return {pk: narration.Name(called(row), f"/pool/?pool={pk}") for pk, row in rows.items()}


narration.namers["scoring"] = _names
narration.namers["pool"] = _pool_names
