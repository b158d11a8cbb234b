"""Groups of cases that can be compared: values of an attribute, quarters in which cases began, units that took part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..columns import EventColumns
from ..columns.filtering import Mask, by_unit, in_period, with_value
from .attribute_words import attribute_named, value_named
from .moments import day_of, first_of
from .series import begins_and_ends

QUARTER, UNIT = "quarter", "unit"
MOST_VALUES = 60


@dataclass(frozen=True)
class Split:
    """A way to tell groups apart, and its groups as (value, words), the largest or latest first."""

    key: str
    label: str
    groups: Sequence[tuple[str, str]]


def splits_of(columns: EventColumns, kind: str, zone: ZoneInfo) -> list[Split]:
    """All ways to tell at least two groups of a log's cases apart."""
    found = [Split(QUARTER, _("Quarter in which cases began"), _quarters(columns, zone))]
    found += [
        Split(f"is:{name}", attribute_named(kind, name), _values(columns, kind, name))
        for name in columns.attributes
    ]
    units = sorted({columns.units[code] for code in np.unique(columns.unit).tolist() if code >= 0})
    found.append(Split(UNIT, _("Unit that took part"), [(each, each) for each in units]))
    return [each for each in found if len(each.groups) > 1]


def mask_of_group(columns: EventColumns, split: str, value: str, zone: ZoneInfo) -> Mask:
    """Which cases belong to a group."""
    if split == QUARTER:
        year, _sign, quarter = value.partition("-")
        first = _quarter(int(year), int(quarter))
        following = _quarter(int(year) + int(quarter) // 4, int(quarter) % 4 + 1)
        return in_period(columns, first_of(first, zone), first_of(following, zone))
    if split == UNIT:
        return by_unit(columns, [value])
    return with_value(columns, split.removeprefix("is:"), [value])


def days_of_quarter(value: str) -> tuple[date, date]:
    """The first and the last day of a quarter such as 2026-3."""
    year, quarter = (int(each) for each in value.split("-"))
    return _quarter(year, quarter), _quarter(year + quarter // 4, quarter % 4 + 1) - timedelta(1)


def _quarter(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


def _quarters(columns: EventColumns, zone: ZoneInfo) -> list[tuple[str, str]]:
    begins, _ends = begins_and_ends(columns)
    if not len(begins):
        return []
    first, last = (day_of(int(at), zone) for at in (begins.min(), begins.max()))
    numbers = range(first.year * 4 + (first.month - 1) // 3, last.year * 4 + (last.month - 1) // 3 + 1)
    words = pgettext("a quarter of a year", "Q%(quarter)d %(year)d")
    return [
        (f"{each // 4}-{each % 4 + 1}", words % {"quarter": each % 4 + 1, "year": each // 4})
        for each in reversed(numbers[-20:])
    ]


def _values(columns: EventColumns, kind: str, name: str) -> list[tuple[str, str]]:
    labels = columns.attributes[name]
    counts = np.bincount(labels.codes[labels.codes >= 0], minlength=len(labels.values))
    order = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code]]
    values = [labels.values[code] for code in order[:MOST_VALUES]]
    return [(value, value_named(kind, name, value)) for value in values]
