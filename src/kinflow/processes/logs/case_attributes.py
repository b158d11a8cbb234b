"""Attributes of cases while a log is read: the first value of each stays."""

from array import array
from collections import Counter
from typing import Any

import numpy as np

from ..columns import Labels
from .growing import Cases, Coded

MOSTLY = 0.1
"""An attribute of events becomes one of the case where it changes in at most this share of the cases."""
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
        missing = case + 1 - len(self.codes)
        if missing > 0:
            self.codes.extend([-1] * missing)
        if self.codes[case] < 0:
            self.codes[case] = self.values.code(value)
            self.cases += 1


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
            one = self.known.get(name)
            if one is None:
                if len(self.known) >= self.most:
                    self._refuse(name)
                    continue
                one = self.known[name] = Attribute()
            one.put(case, value)
        for name in changed & self.known.keys():
            self.known[name].changes += 1

    def _refuse(self, name: str) -> None:
        if len(self.beyond) < 100_000:
            self.beyond.add(name)
        self.counts["attributes"] = len(self.beyond)

    def restless(self) -> set[str]:
        """The names of those that are not worth looking at any more."""
        return {name for name, one in self.known.items() if one.cases >= TRIED and one.is_restless}

    def fill(self, cases: Cases) -> None:
        """Put what was noted where it belongs: numbers to the amounts, all else to the attributes."""
        count = len(cases.names)
        for name, one in self.known.items():
            if one.is_restless:
                continue
            codes = np.full(count, -1, np.int32)
            codes[: len(one.codes)] = np.frombuffer(one.codes, np.int32) if one.codes else []
            values = one.values.values
            if all(isinstance(value, float) for value in values):
                numbers = np.array([*values, np.nan])
                cases.amounts[name] = numbers[codes]
            else:
                cases.attributes[name] = Labels([_text(value) for value in values], codes)


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
