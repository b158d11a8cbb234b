"""How decision tables are called, on screen and in the log's sentences."""

from collections.abc import Collection

from django.utils import translation

from kinflow.eventlog import narration

from .models import DecisionTable


def table_called(table: DecisionTable) -> str:
    """The name of a table in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (table.name_zh if is_chinese else "") or table.name


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = DecisionTable.objects.in_bulk(list(ids))
    return {pk: narration.Name(table_called(row), f"/decisions/{pk}/") for pk, row in rows.items()}


narration.namers["decisiontable"] = _names
