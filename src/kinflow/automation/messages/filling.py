"""Texts with fields in braces, filled in from a record in every language; what is wrong with them is seen when kept."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from kinflow.conditions import Context
from kinflow.conditions.expressions import (
    ExpressionError,
    Text,
    parse_text,
    relevant_fields,
    render,
    text_words,
)
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError
from kinflow.records.access import may_read
from kinflow.records.faces import VOCABULARY, registry

from ..bilingual import LANGUAGES, in_active_language

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


def as_told(template: Template, kind: str) -> str:
    """The text for the reader where there is no record, with what its fields are called; as it is where it is wrong."""
    words = in_active_language(template)
    try:
        return text_words(parse_text(words, type_name=kind, vocabulary=VOCABULARY))
    except ExpressionError:
        return words


def fill(
    template: Template,
    *,
    kind: str,
    record: Any,
    context: Context,
    event: Mapping[str, Any] | None = None,
    rule: Any = None,
    readers: Collection[Actor],
    missing: list[str] | None = None,
) -> dict[str, str]:
    """The text in every language for these readers; what one of them may not read stays empty.

    The fields that stay empty, or have no value, are added to `missing`. Raises ExpressionError.
    """
    told, lacking = {}, set()
    for code, words in parts_of(template).items():
        without: list[str] = []
        with translation.override(code):
            text = _readable(parse_text(words, type_name=kind, vocabulary=VOCABULARY), readers, without)
            told[code] = render(text, record=record, event=event, context=context, rule=rule, missing=without)
        lacking.update(without)
    if missing is not None:
        missing.extend(sorted(lacking))
    return told


def _readable(text: Text, readers: Collection[Actor], hidden: list[str]) -> Text:
    """The text without the parts that show, or were worked out from, a field that one of the readers may not read."""
    parts = []
    for part in text.parts:
        if isinstance(part, str) or _may_all_read(relevant_fields(part), readers):
            parts.append(part)
        else:
            hidden.append(part.source.strip())
    return replace(text, parts=tuple(parts))


def _may_all_read(fields: set[tuple[str, str]], readers: Collection[Actor]) -> bool:
    found = (registry[type_name].by_name.get(name) for type_name, name in fields if type_name in registry)
    marks = {field.sensitivity for field in found if field is not None}
    return all(may_read(reader, mark) for reader in readers for mark in marks)
