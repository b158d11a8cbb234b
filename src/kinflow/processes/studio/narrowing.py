"""The log of the cases that the address asks for."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from ..columns import EventColumns
from ..columns.filtering import (
    Mask,
    begins_with,
    by_unit,
    directly,
    ends_with,
    eventually,
    in_period,
    lasting,
    sub_log,
    through,
    with_value,
)
from ..measuring.variants import variants
from .asked import Asked, day, days, pair
from .fingerprints import fingerprint
from .moments import first_of

DAY = 86_400_000_000
NO_VALUE = "–"  # noqa: RUF001 - what stands for no value on screen stands for it in the address
Check = Callable[[EventColumns, str], Mask]


def narrowed(columns: EventColumns, asked: Asked, zone: ZoneInfo) -> EventColumns:
    """The part of the log that is asked for; the log itself where everything is."""
    if not asked.conditions:
        return columns
    return sub_log(columns, mask_of(columns, asked, zone))


def mask_of(columns: EventColumns, asked: Asked, zone: ZoneInfo) -> Mask:
    """Which cases fulfil all conditions; one that this log does not know fits no case."""
    mask = np.ones(columns.cases, np.bool_)
    since, until = (_moment(asked.values(kind), zone, after) for kind, after in (("from", 0), ("to", 1)))
    if since is not None or until is not None:
        mask &= in_period(columns, since, until)
    for name, values in _attributes(asked).items():
        mask &= (
            with_value(columns, name, values)
            if name in columns.attributes
            else np.zeros(columns.cases, np.bool_)
        )
    if units := asked.values("unit"):
        mask &= by_unit(columns, units)
    for condition in asked.conditions:
        if check := CHECKS.get(condition.kind):
            mask &= check(columns, condition.value)
    return mask


def _moment(values: list[str], zone: ZoneInfo, days_after: int) -> int | None:
    at = day(values[0]) if values else None
    if at is None:
        return None
    try:
        return first_of(at + timedelta(days_after), zone)
    except OverflowError:
        return None


def _attributes(asked: Asked) -> Mapping[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for each in asked.values("is"):
        name, _sign, value = each.partition(":")
        found.setdefault(name, []).append(None if value == NO_VALUE else value)
    return found


def _pair(check: Callable[[EventColumns, str, str], Mask]) -> Check:
    def fits(columns: EventColumns, value: str) -> Mask:
        both = pair(value, columns.activities)
        return check(columns, *both) if both else np.zeros(columns.cases, np.bool_)

    return fits


def _variant(columns: EventColumns, value: str) -> Mask:
    found = variants(columns)
    number = next(
        (at for at, case in enumerate(found.example.tolist()) if fingerprint(columns, case) == value), -1
    )
    mask: Mask = found.of_case == number
    return mask


CHECKS: Mapping[str, Check] = {
    "through": lambda columns, value: through(columns, [value]),
    "never": lambda columns, value: ~through(columns, [value]),
    "repeated": lambda columns, value: through(columns, [value], times=2),
    "directly": _pair(directly),
    "eventually": _pair(eventually),
    "begins": lambda columns, value: begins_with(columns, [value]),
    "ends": lambda columns, value: ends_with(columns, [value]),
    "variant": _variant,
    "longer": lambda columns, value: lasting(columns, least=int((days(value) or 0) * DAY)),
    "shorter": lambda columns, value: lasting(columns, most=int((days(value) or 0) * DAY)),
}
