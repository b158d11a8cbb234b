"""The conditions of a page as words, each with the link that takes it away; and the form that adds one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from ..columns import EventColumns
from .asked import Asked, Condition, day, pair
from .attribute_words import attribute_named, value_named
from .narrowing import NO_VALUE

Named = Callable[[str], str]

WHAT: Mapping[str, Any] = {
    "from": pgettext_lazy("condition on cases", "Begun from"),
    "to": pgettext_lazy("condition on cases", "Begun up to"),
    "unit": pgettext_lazy("condition on cases", "Unit"),
    "through": pgettext_lazy("condition on cases", "Through"),
    "never": pgettext_lazy("condition on cases", "Never"),
    "directly": pgettext_lazy("condition on cases", "Directly"),
    "eventually": pgettext_lazy("condition on cases", "Sooner or later"),
    "repeated": pgettext_lazy("condition on cases", "More than once"),
    "begins": pgettext_lazy("condition on cases", "Begins with"),
    "ends": pgettext_lazy("condition on cases", "Ends with"),
    "variant": pgettext_lazy("condition on cases", "Variant"),
    "longer": pgettext_lazy("condition on cases", "Longer than"),
    "shorter": pgettext_lazy("condition on cases", "Shorter than"),
}
RELATIONS = ("through", "never", "repeated", "begins", "ends", "directly", "eventually")
MOST_VALUES = 60


def chips_of(asked: Asked, columns: EventColumns, named: Named, case_kind: str) -> list[dict[str, str]]:
    """Each condition: what it is about, its words, and the address without it."""
    return [
        {
            "what": _what(each, case_kind),
            "words": _words(each, columns.activities, named, case_kind),
            "off": asked.without(each).address(),
        }
        for each in asked.conditions
    ]


def _what(condition: Condition, case_kind: str) -> str:
    if condition.kind == "is":
        return attribute_named(case_kind, condition.value.partition(":")[0])
    return str(WHAT[condition.kind])


def _words(condition: Condition, activities: Sequence[str], named: Named, case_kind: str) -> str:
    kind, value = condition.kind, condition.value
    if kind in ("from", "to"):
        at = day(value)
        return date_format(at, "DATE_FORMAT") if at else value
    if kind == "is":
        name, _sign, said = value.partition(":")
        return _("nothing said") if said == NO_VALUE else value_named(case_kind, name, said)
    if kind in ("through", "never", "repeated", "begins", "ends"):
        return named(value)
    if kind in ("directly", "eventually"):
        both = pair(value, activities)
        return " → ".join(named(each) for each in both) if both else value
    if kind in ("longer", "shorter"):
        return pgettext("elapsed time", "%(n)s d") % {"n": value}
    return value


def form_of(asked: Asked, columns: EventColumns, named: Named, case_kind: str) -> dict[str, Any]:
    """What the form that adds conditions offers: only what occurs in the log."""
    single = ("from", "to", "longer", "shorter")
    carried = [(each.kind, each.value) for each in asked.conditions if each.kind not in single]
    steps = sorted(((key, named(key)) for key in columns.activities), key=lambda each: each[1])
    return {
        "carried": [*carried, *(look for look in asked.looks if look[0] != "level")],
        **{kind: next(iter(asked.values(kind)), "") for kind in single},
        "attributes": [
            _attribute(name, columns, case_kind)
            for name in columns.attributes
            if columns.attributes[name].values
        ],
        "units": sorted(columns.units),
        "relations": [(kind, WHAT[kind]) for kind in RELATIONS],
        "steps": steps,
    }


def _attribute(name: str, columns: EventColumns, case_kind: str) -> dict[str, Any]:
    labels = columns.attributes[name]
    used = np.unique(labels.codes).tolist()
    named = {
        labels.values[code]: value_named(case_kind, name, labels.values[code]) for code in used if code >= 0
    }
    some = sorted(((f"{name}:{value}", words) for value, words in named.items()), key=lambda each: each[1])
    nothing = [(f"{name}:{NO_VALUE}", _("nothing said"))] if -1 in used else []
    return {"label": attribute_named(case_kind, name), "values": some[:MOST_VALUES] + nothing}


def step_condition(relation: str, step: str, then: str) -> Condition | None:
    """The condition that the form's three fields mean together; None where they mean none."""
    if relation not in RELATIONS or not step:
        return None
    if relation in ("directly", "eventually"):
        return Condition(relation, f"{step}>{then}") if then else None
    return Condition(relation, step)
