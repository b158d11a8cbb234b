"""What a column of a table says of an event, guessed from its name (English and Chinese) and its values."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.importing.evidence import fitting
from kinflow.records.importing.mapping import guess
from kinflow.records.importing.tables import Cell
from kinflow.records.importing.targets import ImportKind, Target

CASE, ACTIVITY, AT, BEGUN_AT, RESOURCE, UNIT = "case", "activity", "at", "begun_at", "resource", "unit"
TRANSITION, INSTANCE, ATTRIBUTE, AMOUNT, LEFT_OUT = "transition", "instance", "attribute", "amount", ""
LABELS: dict[str, Any] = {
    CASE: _p("role of a column", "Case"),
    ACTIVITY: _p("role of a column", "Activity"),
    AT: _p("role of a column", "Time (when it was done)"),
    BEGUN_AT: _p("role of a column", "Start time"),
    RESOURCE: _p("role of a column", "Person or resource"),
    UNIT: _p("role of a column", "Unit"),
    TRANSITION: _p("role of a column", "Transition (start, complete)"),
    INSTANCE: _p("role of a column", "Instance of the activity"),
    ATTRIBUTE: _p("role of a column", "Attribute of the case"),
    AMOUNT: _p("role of a column", "Number of the case"),
    LEFT_OUT: _p("role of a column", "Leave out"),
}
NEEDED = (CASE, ACTIVITY, AT)
MANY = (ATTRIBUTE, AMOUNT, LEFT_OUT)
TABLE = Path(__file__).with_name("columns.csv")
_XES = {
    "case:concept:name": CASE,
    "concept:name": ACTIVITY,
    "time:timestamp": AT,
    "start_timestamp": BEGUN_AT,
    "org:resource": RESOURCE,
    "org:group": UNIT,
    "lifecycle:transition": TRANSITION,
    "concept:instance": INSTANCE,
}
_BY_CONTENT = gettext_lazy("The values look like it.")
_ACTIVITIES = 0.5  # at most this share of the rows has activities of its own, where values alone tell


@dataclass(frozen=True)
class Guessed:
    """What a column is taken for, and why, in words."""

    header: str
    role: str
    reason: str = ""


def _targets() -> tuple[Target, ...]:
    """The roles with all names that columns have for them, in English and Chinese, in the form of `mapping.plain`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Target(
                line["role"],
                ImportKind(line["kind"]),
                line["english"],
                line["chinese"],
                tuple(line["other names"].split("|")),
            )
            for line in csv.DictReader(file)
        )


TARGETS = _targets()


def guessed(headers: Sequence[str], samples: Sequence[Sequence[Cell]]) -> list[Guessed]:
    """The likeliest role of each column. `samples` holds some values of each, in the order of the headers."""
    roles: dict[int, Guessed] = {}
    for position, header in enumerate(headers):
        if (own := _of_ours(header)) and own not in {
            one.role for one in roles.values() if one.role not in MANY
        }:
            roles[position] = Guessed(header, own, _("This is its name in XES."))
    taken = {one.role for one in roles.values()}
    targets = [target for target in TARGETS if target.name not in taken]
    for position, one in enumerate(guess(headers, samples, targets).guesses):
        if position not in roles and one.target in LABELS and one.target:
            roles[position] = Guessed(one.header, one.target, one.reason)
    _add_by_content(headers, samples, roles)
    return [
        roles.get(position) or Guessed(header, _kind_of(samples[position]))
        for position, header in enumerate(headers)
    ]


def _of_ours(header: str) -> str:
    """The role that a header says by itself: a key of XES, or of an exported log (`case:region`); "" for others."""
    if header in _XES:
        return _XES[header]
    if re.match(r"case:.", header):
        return ATTRIBUTE
    return AMOUNT if re.match(r"amount:.", header) else ""


def _kind_of(values: Sequence[Cell]) -> str:
    """A column that is nothing special: a number or a text of the case, or nothing where it is empty."""
    told = [str(value).strip() for value in values if str(value).strip()]
    if not told:
        return LEFT_OUT
    return AMOUNT if all(map(_is_number, told)) else ATTRIBUTE


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", text))


def _add_by_content(
    headers: Sequence[str], samples: Sequence[Sequence[Cell]], roles: dict[int, Guessed]
) -> None:
    """Find columns for what no name tells: times by their shape, activities and cases by how values come again."""
    taken = {one.role for one in roles.values()}
    free = [position for position in range(len(headers)) if position not in roles]
    dated = [position for position in free if (fitting(ImportKind.MOMENT, samples[position]) or 0) >= 0.9]
    if AT not in taken and dated:
        roles[dated[0]] = Guessed(headers[dated[0]], AT, str(_BY_CONTENT))
    texts = [position for position in free if position not in dated and position not in roles]
    if CASE not in taken:
        comings = [p for p in texts if _varies(samples[p]) and 0 < _spread(samples[p]) < 0.95]
        if comings:
            best = max(comings, key=lambda p: (_spread(samples[p]), -p))
            roles[best] = Guessed(headers[best], CASE, str(_BY_CONTENT))
    case = next((position for position, one in roles.items() if one.role == CASE), None)
    if ACTIVITY not in taken and case is not None:
        doings = [
            p
            for p in texts
            if p not in roles and 0 < _spread(samples[p]) <= _ACTIVITIES and not _is_all_numbers(samples[p])
        ]
        changing = {p: _changing(samples[case], samples[p]) for p in doings}
        found = max(doings, key=lambda p: (changing[p], -p), default=None)
        if found is not None and changing[found]:
            roles[found] = Guessed(headers[found], ACTIVITY, str(_BY_CONTENT))


def _changing(cases: Sequence[Cell], values: Sequence[Cell]) -> int:
    """How many more values there are within cases than cases."""
    return len(set(zip(map(str, cases), map(str, values), strict=True))) - len(set(map(str, cases)))


def _spread(values: Sequence[Cell]) -> float:
    """How many different values there are, as a share of all; 0 for a column with blanks."""
    told = [str(value).strip() for value in values]
    if not told or not all(told):
        return 0.0
    return len(set(told)) / len(told)


def _varies(values: Sequence[Cell]) -> bool:
    return len(set(map(str, values))) > 1


def _is_all_numbers(values: Sequence[Cell]) -> bool:
    return all(_is_number(str(value).strip()) for value in values)


def checked(headers: Sequence[str], roles: Mapping[str, Any]) -> dict[str, str]:
    """The roles by header, complete. Raises Invalid for unknown headers or roles, doubles, and what is lacking."""
    known = {header: str(roles.get(header, LEFT_OUT)) for header in headers}
    errors = [
        FieldError(f"/columns/{header}", _("There is no such column."))
        for header in roles
        if header not in known
    ]
    errors += [
        FieldError(f"/columns/{header}", _("A column cannot be this."))
        for header, role in known.items()
        if role not in LABELS
    ]
    used: dict[str, str] = {}
    for header, role in known.items():
        if role in used and role not in MANY:
            errors.append(
                FieldError(
                    f"/columns/{header}",
                    _("“%(first)s” is already this: only one column can be.") % {"first": used[role]},
                )
            )
        used.setdefault(role, header)
    errors += [
        FieldError(
            "/columns", _("No column is this yet, and a log needs it: %(role)s.") % {"role": LABELS[role]}
        )
        for role in NEEDED
        if role not in used
    ]
    if errors:
        raise Invalid(errors=errors)
    return known
