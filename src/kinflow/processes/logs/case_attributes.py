"""Attributes of cases while a log is read: the first value of each stays."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Labels
from .growing import Cases, Coded

MOSTLY = 0.1
"""An attribute of events becomes one of the case where it changes in at most this share of the cases."""
Coder = Callable[[NDArray[np.int32], Callable[[Any], int]], NDArray[np.int32]]
TRIED = 200  # cases, before an attribute that changes in most of them is not looked at any more


class Attribute:
    """One attribute: a code for each case, and in how many cases it has more than one value."""

    def __init__(self) -> None:
        self.values: Coded[Any] = Coded()
        self.codes = array("i")
        self.cases = 0
        self.changes = 0

    @property
    def is_restless(self) -> bool:
        """Whether it belongs to events, not to cases."""
        return self.changes > MOSTLY * self.cases

    def put(self, case: int, value: Any) -> None:
        """Note the case's value, where it has none yet."""
        self._make_room(case)
        if self.codes[case] < 0:
            self.codes[case] = self.values.code(value)
            self.cases += 1

    def put_many(self, cases: NDArray[np.int64], numbers: NDArray[np.int32], coded: Coder) -> None:
        """Note a value of each of the cases, where it has none yet; `coded` tells the codes of numbered values."""
        self._make_room(int(cases.max()))
        codes = np.frombuffer(self.codes, np.int32)
        free = codes[cases] < 0
        if (np.diff(cases) <= 0).any():  # of a case that comes again the first value counts
            first = np.zeros(len(cases), np.bool_)
            first[np.unique(cases, return_index=True)[1]] = True
            free &= first
        codes[cases[free]] = coded(numbers[free], self.values.code)
        self.cases += int(free.sum())

    def _make_room(self, case: int) -> None:
        missing = case + 1 - len(self.codes)
        if missing > 0:
            self.codes.extend([-1] * missing)


class Attributes:
    """All attributes of the cases of a log, up to `most`."""

    def __init__(self, most: int, counts: Counter[str]) -> None:
        self.most = most
        self.counts = counts
        self.known: dict[str, Attribute] = {}
        self.beyond: set[str] = set()

    def put(self, case: int, values: dict[str, Any], changed: set[str]) -> None:
        """Note values of a case; `changed` names those of which its events had others, too."""
        for name, value in values.items():
            one = self.called(name)
            if one is not None:
                one.put(case, value)
        for name in changed & self.known.keys():
            self.known[name].changes += 1

    def called(self, name: str) -> Attribute | None:
        """The attribute of this name, a new one where it is new; None where there are too many."""
        one = self.known.get(name)
        if one is None and len(self.known) < self.most:
            one = self.known[name] = Attribute()
        elif one is None:
            self._refuse(name)
        return one

    def _refuse(self, name: str) -> None:
        if len(self.beyond) < 100_000:
            self.beyond.add(name)
        self.counts["attributes"] = len(self.beyond)

    def restless(self) -> set[str]:
        """The names of those that are not worth looking at any more."""
        return {name for name, one in self.known.items() if one.cases >= TRIED and one.is_restless}

    def fill(self, cases: Cases, numeric: Collection[str] = ()) -> None:
        """Put what was noted where it belongs: numbers to the amounts, all else to the attributes.

        `numeric` names those whose texts are numbers where they can be read as such.
        """
        count = len(cases.names)
        for name, one in self.known.items():
            if one.is_restless:
                continue
            codes = np.full(count, -1, np.int32)
            codes[: len(one.codes)] = np.frombuffer(one.codes, np.int32) if one.codes else []
            values = [_number(value) for value in one.values.values] if name in numeric else one.values.values
            if all(isinstance(value, float) for value in values):
                numbers = np.array([*values, np.nan])
                cases.amounts[name] = numbers[codes]
            else:
                texts: Coded[str] = Coded()  # two numbers may be the same
                table = np.array([*(texts.code(_text(value)) for value in values), -1], np.int32)
                cases.attributes[name] = Labels(texts.values, table[codes])


def _number(value: Any) -> Any:
    try:
        number = float(value)
    except ValueError:
        return value
    return number if number == number else value


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
