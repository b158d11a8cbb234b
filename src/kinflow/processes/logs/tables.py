"""CSV, XLSX and Parquet as columns: one row is one event, its columns mapped to what they say of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kinflow.kit.spreadsheets import unsafe_cell
from kinflow.records.importing.dates import day_first

from ..columns import Labels
from .case_attributes import MOSTLY
from .frames import frames_of
from .growing import Cases, Events, Names, Read, read_of
from .lifecycles import COMPLETE, EACH, JOINED, joined, transition_of
from .limits import DEFAULT, LogLimits
from .roles import ACTIVITY, AMOUNT, AT, ATTRIBUTE, BEGUN_AT, CASE, INSTANCE, RESOURCE, TRANSITION, UNIT
from .times import NEVER, moments

_CODED = (CASE, ACTIVITY, RESOURCE, UNIT, TRANSITION, INSTANCE)
_TIMES = (AT, BEGUN_AT)
_TRIED = 1_000  # values that tell whether days come first


def read_table(
    path: Path,
    name: str,
    roles: Mapping[str, str],
    zone: tzinfo,
    *,
    lifecycle: str = JOINED,
    limits: LogLimits = DEFAULT,
    most: int = 0,
) -> Read:
    """The log in a table. `roles` says by header what a column is; `zone` where times without an offset are meant.

    `most` ends the reading after about so many rows; 0 reads all. Raises UnreadableFile, FileTooLarge.
    """
    used = {header: role for header, role in roles.items() if role}
    kept = [header for header, role in used.items() if role in (ATTRIBUTE, AMOUNT)]
    left_out = kept[limits.attributes :]
    used = {header: role for header, role in used.items() if header not in left_out}
    try:
        growing = _grown(path, name, used, zone, limits, most, with_care=False)
    except pl.exceptions.PolarsError:  # a row of a large file is not as plain as the first ones
        growing = _grown(path, name, used, zone, limits, most, with_care=True)
    if left_out:
        growing.counts["attributes"] = len(left_out)
    return growing.finish(lifecycle)


def _grown(
    path: Path,
    name: str,
    roles: Mapping[str, str],
    zone: tzinfo,
    limits: LogLimits,
    most: int,
    *,
    with_care: bool,
) -> "_Growing":
    growing = _Growing(roles, zone)
    for frame in frames_of(path, name, list(roles), growing.counts, limits, with_care=with_care):
        growing.add(frame.head(most) if most else frame)
        if most and growing.rows >= most:
            break
    return growing


class _Column:
    """The codes of a column's values in the order in which they came; -1 where a cell is empty."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.parts: list[NDArray[np.int32]] = []

    def add(self, values: pl.Series) -> None:
        """Code some more values."""
        fresh = values.drop_nulls().unique(maintain_order=True)
        codes = [self.known.setdefault(unsafe_cell(value), len(self.known)) for value in fresh]
        coded = values.replace_strict(
            fresh, pl.Series(codes, dtype=pl.Int32), default=None, return_dtype=pl.Int32
        )
        self.parts.append(coded.fill_null(-1).to_numpy())

    @property
    def codes(self) -> NDArray[np.int32]:
        """All codes."""
        return np.concatenate(self.parts) if self.parts else np.zeros(0, np.int32)


class _Growing:
    """A log whose rows come in frames."""

    def __init__(self, roles: Mapping[str, str], zone: tzinfo) -> None:
        self.rows = 0
        self.roles = roles
        self.zone = zone
        self.counts: Counter[str] = Counter()
        self.coded = {header: _Column() for header, role in roles.items() if role not in _TIMES}
        self.times: dict[str, list[NDArray[np.int64]]] = {
            h: [] for h, role in roles.items() if role in _TIMES
        }
        self.day_first: dict[str, bool | None] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """Take some more rows in."""
        self.rows += len(frame)
        for header, column in self.coded.items():
            column.add(frame[header])
        for header, parts in self.times.items():
            if header not in self.day_first:
                self.day_first[header] = day_first(_filled(frame[header].head(_TRIED)))
            parts.append(moments(frame[header], self.zone, is_day_first=self.day_first[header]))

    def finish(self, lifecycle: str) -> Read:
        """The log, after the last row."""
        events = Events(
            self._codes(CASE),
            self._codes(ACTIVITY),
            self._moments(AT),
            self._moments(BEGUN_AT),
            self._codes(RESOURCE),
            self._codes(UNIT),
        )
        events.at = np.where(events.at == NEVER, events.begun_at, events.at)
        cases = Cases(self._names(CASE))
        for header, role in self.roles.items():
            if role in (ATTRIBUTE, AMOUNT):
                self._describe(cases, events.case, header, role)
        if lifecycle != EACH and TRANSITION in self.roles.values():
            words = [transition_of(word) for word in self._names(TRANSITION)]
            kinds = np.array([*words, COMPLETE], np.int8)[self._codes(TRANSITION)]
            events = joined(events, kinds, self._codes(INSTANCE), self.counts)
        names = Names(self._names(ACTIVITY), self._names(RESOURCE), self._names(UNIT))
        return read_of(events, cases, names, self.counts)

    def _header(self, role: str) -> str | None:
        return next((header for header, one in self.roles.items() if one == role), None)

    def _codes(self, role: str) -> NDArray[np.int32]:
        header = self._header(role)
        return np.full(self.rows, -1, np.int32) if header is None else self.coded[header].codes

    def _names(self, role: str) -> list[str]:
        header = self._header(role)
        return [] if header is None else list(self.coded[header].known)

    def _moments(self, role: str) -> NDArray[np.int64]:
        header = self._header(role)
        if header is None or not self.times[header]:
            return np.full(self.rows, NEVER, np.int64)
        return np.concatenate(self.times[header])

    def _describe(self, cases: Cases, case: NDArray[np.int32], header: str, role: str) -> None:
        """Keep the first value of each case, where the column says something of cases and not of single events."""
        codes, values = self.coded[header].codes, list(self.coded[header].known)
        there = np.flatnonzero((codes >= 0) & (case >= 0))
        found, first, back = np.unique(case[there], return_index=True, return_inverse=True)
        changed = np.zeros(len(found), np.bool_)
        changed[back[codes[there] != codes[there][first][back]]] = True
        if changed.sum() > MOSTLY * len(found):
            return
        of_case = np.full(len(cases.names), -1, np.int32)
        of_case[found] = codes[there][first]
        name = header.partition(":")[2] if header.startswith(("case:", "amount:")) else header
        numbers = _numbers(values) if role == AMOUNT else None
        if numbers is None:
            cases.attributes[name] = Labels(values, of_case)
        else:
            cases.amounts[name] = np.append(numbers, np.nan)[of_case]


def _filled(values: pl.Series) -> Iterator[str]:
    return iter(values.drop_nulls())


def _numbers(values: list[str]) -> NDArray[np.float64] | None:
    """The values as numbers; None where one of them is none."""
    try:
        return np.array([float(value) for value in values], np.float64)
    except ValueError:
        return None
