"""The condition editor on a page."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import template

from kinflow.conditions.editing import editor_data
from kinflow.conditions.fields import Vocabulary, Words
from kinflow.conditions.tree import All, Condition, Has, Not, Some, Test
from kinflow.conditions.typography import lowered
from kinflow.conditions.value_words import Names
from kinflow.conditions.writing import to_json

register = template.Library()


@register.filter
def inside(label: Words) -> str:
    """A label as it stands inside a sentence."""
    return lowered(str(label))


@register.inclusion_tag("conditions/editor.html")
def condition_editor(
    vocabulary: Vocabulary,
    type_name: str,
    value: Condition | Mapping[str, Any] | str | None = None,
    *,
    name: str = "condition",
    label: Words = "",
    sentence_url: str = "",
    search_url: str = "",
    names: Names | None = None,
) -> dict[str, Any]:
    """An editor for a condition over records of the type; without JavaScript a field with its JSON.

    `value` is what is edited: a condition, its JSON as data or as text, nothing for everything; `name` the
    form field it is sent as; `label` its name for screen readers. `sentence_url` answers `described(…)` to
    `?type=…&condition=…`; `search_url` answers `[{"id": …, "label": …}, …]` to `?type=…&q=…`. `names` are
    what the records are called that the condition names.
    """
    return {
        "name": name,
        "label": label,
        "value": _text_of(value),
        "sentence_url": sentence_url,
        "search_url": search_url,
        "setup": json.dumps(
            editor_data(vocabulary, type_name) | {"names": _by_type(names or {})}, ensure_ascii=False
        ),
    }


def _text_of(value: Condition | Mapping[str, Any] | str | None) -> str:
    if isinstance(value, All | Some | Not | Has | Test):
        value = to_json(value)
    return value if isinstance(value, str) else json.dumps(value or {}, ensure_ascii=False)


def _by_type(names: Names) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for (type_name, pk), words in names.items():
        known[type_name][str(pk)] = str(words)
    return known
