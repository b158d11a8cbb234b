"""How rules are called, on screen and in the log's sentences."""

from collections.abc import Collection

from django.utils import translation

from kinflow.eventlog import narration

from .models import Rule


def rule_called(rule: Rule) -> str:
    """The name of a rule in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (rule.name_zh if is_chinese else "") or rule.name


def _names(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Rule.objects.in_bulk(list(ids))
    return {pk: narration.Name(rule_called(row), f"/rules/{pk}/") for pk, row in rows.items()}


narration.namers["rule"] = _names
