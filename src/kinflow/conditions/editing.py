"""What the editor in the browser has to know, and what it asks while somebody edits."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import pgettext_lazy

from .fields import Field, Vocabulary, Words, people_of, units_of
from .limits import MAX_AMOUNTS, MAX_COUNT, MAX_LIST, MAX_TEXT
from .operators import OPERATORS, SHAPES
from .parsing import parse_text
from .refusal import ConditionError
from .sentences import sentence
from .tree import Unit
from .value_words import Names
from .words import PERIOD_WORDS, operator_words

EDITOR_WORDS: dict[str, Words] = {
    "all": pgettext_lazy("condition editor", "All of these hold"),
    "any": pgettext_lazy("condition editor", "Any of these holds"),
    "none": pgettext_lazy("condition editor", "None of these holds"),
    "not_all": pgettext_lazy("condition editor", "Not all of these hold"),
    "how": pgettext_lazy("condition editor", "How the parts work together"),
    "add": pgettext_lazy("condition editor", "Add condition"),
    "add_group": pgettext_lazy("condition editor", "Add group"),
    "remove": pgettext_lazy("condition editor", "Remove this condition"),
    "remove_group": pgettext_lazy("condition editor", "Remove this group"),
    "remove_value": pgettext_lazy("condition editor", "Remove {value}"),
    "everything": pgettext_lazy("condition editor", "Without conditions this means everything."),
    "own_fields": pgettext_lazy("condition editor", "Own fields"),
    "related": pgettext_lazy("condition editor", "Related records"),
    "field": pgettext_lazy("condition editor", "Field"),
    "operator": pgettext_lazy("condition editor", "Comparison"),
    "value": pgettext_lazy("condition editor", "Value"),
    "choose": pgettext_lazy("condition editor", "Choose…"),
    "low": pgettext_lazy("condition editor", "From"),
    "high": pgettext_lazy("condition editor", "To"),
    "amount": pgettext_lazy("condition editor", "Length of time"),
    "unit": pgettext_lazy("condition editor", "Unit"),
    "period": pgettext_lazy("condition editor", "Period"),
    "yes": pgettext_lazy("condition value", "yes"),
    "no": pgettext_lazy("condition value", "no"),
    "me": pgettext_lazy("condition value", "me"),
    "my_unit": pgettext_lazy("condition value", "my unit"),
    "form": pgettext_lazy("condition editor", "Kind of date"),
    "date": pgettext_lazy("condition editor", "date"),
    "moment": pgettext_lazy("condition editor", "date and time"),
    "today": pgettext_lazy("condition editor", "days from today"),
    "record": pgettext_lazy("condition editor", "Search, or #number"),
    "type_value": pgettext_lazy("condition editor", "Type, then Enter"),
    "has": pgettext_lazy("condition editor", "at least"),
    "has_less": pgettext_lazy("condition editor", "fewer than"),
    "count": pgettext_lazy("condition editor", "Number"),
    "where": pgettext_lazy("condition editor", "of which"),
}


UNIT_WORDS: dict[Unit, Words] = {
    Unit.MINUTES: pgettext_lazy("unit of time", "minutes"),
    Unit.HOURS: pgettext_lazy("unit of time", "hours"),
    Unit.DAYS: pgettext_lazy("unit of time", "days"),
    Unit.WEEKS: pgettext_lazy("unit of time", "weeks"),
    Unit.MONTHS: pgettext_lazy("unit of time", "months"),
    Unit.QUARTERS: pgettext_lazy("unit of time", "quarters"),
    Unit.YEARS: pgettext_lazy("unit of time", "years"),
}


def editor_data(vocabulary: Vocabulary, type_name: str) -> dict[str, Any]:
    """Everything the editor offers for records of the type, in the active language, as data for JSON."""
    return {
        "type": type_name,
        "types": {name: [_field(f) for f in fields] for name, fields in _reachable(vocabulary, type_name)},
        "operators": {
            kind: [{"op": op, "words": operator_words(op, kind), "shape": SHAPES[op]} for op in ops]
            for kind, ops in OPERATORS.items()
        },
        "units": [[unit, str(words)] for unit, words in UNIT_WORDS.items()],
        "periods": [[period, str(words)] for period, words in PERIOD_WORDS.items()],
        "askers": {people_of(vocabulary): "me", units_of(vocabulary): "my_unit"},
        "limits": {"text": MAX_TEXT, "list": MAX_LIST, "count": MAX_COUNT, "amounts": MAX_AMOUNTS},
        "words": {key: str(words) for key, words in EDITOR_WORDS.items()},
    }


def described(
    text: str, vocabulary: Vocabulary, type_name: str, names: Names | None = None
) -> dict[str, Any]:
    """The answer to the editor's "how does this read?": a sentence, or what is wrong and where."""
    try:
        return {"sentence": sentence(parse_text(text, type_name, vocabulary), names)}
    except ConditionError as refused:
        return {"pointer": refused.pointer, "message": refused.message, "remedy": str(refused.remedy)}


def _reachable(vocabulary: Vocabulary, type_name: str) -> Sequence[tuple[str, Sequence[Field]]]:
    """The record types that paths from the type can lead to, each with its fields."""
    found: dict[str, Sequence[Field]] = {}
    ahead = [type_name]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found[name] = tuple(_fields_of(vocabulary, name).values())
            ahead += [field.target for field in found[name] if field.target]
    return list(found.items())


def _fields_of(vocabulary: Vocabulary, type_name: str) -> Mapping[str, Field]:
    try:
        return vocabulary.fields_of(type_name)
    except LookupError:
        return {}


def _field(field: Field) -> dict[str, Any]:
    data: dict[str, Any] = {"name": field.name, "label": str(field.label), "kind": field.kind}
    if field.choices:
        data["choices"] = [[value, str(label)] for value, label in field.choices if value not in (None, "")]
    if field.target:
        data["target"] = field.target
    return data | {"many": True} if field.many else data
