"""Texts as moments: microseconds since 1970 in UTC, many at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import polars as pl

from kinflow.records.importing.dates import NoDate, moment

from ..columns.events import Moments

NEVER = np.iinfo(np.int64).min
"""Where a text is no moment."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WITH_ZONE = "%+"
_PLAIN = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f")


def moments(
    texts: "Sequence[str | None] | pl.Series", zone: tzinfo = UTC, *, is_day_first: bool | None = None
) -> Moments:
    """The moments in the texts, `NEVER` where there is none.

    A text with an offset means that; one without means the time of day in `zone`. ISO 8601 is read at once, all
    other shapes (of `records.importing.dates`) one by one.
    """
    series = texts if isinstance(texts, pl.Series) else pl.Series(texts, dtype=pl.String)
    found = _iso(series, zone)
    left = np.flatnonzero(found == NEVER)
    known: dict[str, int] = {}
    for position in left:
        text = series[int(position)]
        if text is None:
            continue
        if text not in known:
            known[text] = moment_in(text, zone, is_day_first=is_day_first)
        found[position] = known[text]
    return found


def _iso(series: pl.Series, zone: tzinfo) -> Moments:
    read = series.str.to_datetime(_WITH_ZONE, time_unit="us", time_zone="UTC", strict=False)
    name = "UTC" if zone is UTC else getattr(zone, "key", None)
    for shape in _PLAIN if name else ():
        if not (read.is_null() & series.is_not_null()).any():
            break
        plain = series.str.to_datetime(shape, time_unit="us", strict=False)
        there = plain.dt.replace_time_zone(name, ambiguous="earliest", non_existent="null")
        read = read.fill_null(there.dt.convert_time_zone("UTC"))
    return read.dt.epoch("us").fill_null(NEVER).to_numpy().astype(np.int64)


def moment_in(text: str, zone: tzinfo = UTC, *, is_day_first: bool | None = None) -> int:
    """The moment in one text, `NEVER` where there is none."""
    text = text.strip()
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        try:
            read = moment(text, is_day_first=is_day_first)
        except (NoDate, ValueError, OverflowError):
            return NEVER
    if read.tzinfo is None:
        read = read.replace(tzinfo=zone)
    try:
        return (read - _EPOCH) // _MICROSECOND
    except OverflowError:
        return NEVER


def text_of(at: int) -> str:
    """The moment in ISO 8601, to the microsecond, in UTC."""
    return (_EPOCH + timedelta(microseconds=int(at))).isoformat(timespec="microseconds")
