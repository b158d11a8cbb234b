"""How policies and values are called, on screen and in the log's sentences."""

from collections.abc import Collection

from django.utils import translation

from kinflow.eventlog import narration

from .models import CompanyValue, Policy


def called(named: Policy | CompanyValue) -> str:
    """The name in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (named.name_zh if is_chinese else "") or named.name


def meaning_of(value: CompanyValue) -> str:
    """What a value means, in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (value.text_zh if is_chinese else "") or value.text


def _policies(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Policy.objects.in_bulk(list(ids))
    return {pk: narration.Name(called(row), f"/policies/{pk}/") for pk, row in rows.items()}


def _values(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = CompanyValue.objects.in_bulk(list(ids))
    return {pk: narration.Name(called(row), "/policies/") for pk, row in rows.items()}


narration.namers["policy"] = _policies
narration.namers["companyvalue"] = _values
