"""How scorings are called in the log's sentences."""

from collections.abc import Collection

from django.utils import translation

from kinflow.eventlog import narration

from .scorings.models import Scoring


def called(scoring: Scoring) -> str:
    """The scoring's name in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (scoring.name_zh if is_chinese else "") or scoring.name


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Scoring.objects.in_bulk(list(ids))
    return {pk: narration.Name(called(row), f"/scorings/{pk}/") for pk, row in rows.items()}


narration.namers["scoring"] = _names
