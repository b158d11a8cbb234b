"""Texts with fields in braces, filled in from a record in every language; what is wrong with them is seen when kept."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from kinflow.conditions import Context
from kinflow.conditions.expressions import ExpressionError, parse_text, render
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from ..bilingual import LANGUAGES

Template = Mapping[str, str] | str


def parts_of(template: Template) -> dict[str, str]:
    """The text for each language; where one is missing, another stands for it."""
    if isinstance(template, str):
        return dict.fromkeys(LANGUAGES, template)
    given = {code: words for code, words in template.items() if words and words.strip()}
    first = next(iter(given.values()), "")
    return {code: given.get(code, first) for code in LANGUAGES}


def check_template(template: Template, kind: str, pointer: str) -> list[FieldError]:
    """What is wrong with a text: fields that records of the kind do not have, braces that do not close."""
    given = {"": template} if isinstance(template, str) else dict(template)
    errors = []
    for code, words in given.items():
        try:
            parse_text(words, type_name=kind, vocabulary=VOCABULARY)
        except ExpressionError as refused:
            place = f"{pointer}/{code}" if code else pointer
            errors.append(FieldError(place, f"{refused.message} {refused.remedy or ''}".strip()))
    return errors


def fill(
    template: Template,
    *,
    kind: str,
    record: Any,
    context: Context,
    event: Mapping[str, Any] | None = None,
    rule: Any = None,
    missing: list[str] | None = None,
) -> dict[str, str]:
    """The text in every language; the fields without a value are added to `missing`. Raises ExpressionError."""
    told, lacking = {}, set()
    for code, words in parts_of(template).items():
        without: list[str] = []
        with translation.override(code):
            text = parse_text(words, type_name=kind, vocabulary=VOCABULARY)
            told[code] = render(text, record=record, event=event, context=context, rule=rule, missing=without)
        lacking.update(without)
    if missing is not None:
        missing.extend(sorted(lacking))
    return told
