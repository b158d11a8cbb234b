"""What a criterion is: values for all pairs of item and person at once, and words for each of them."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from .situation import Situation

Matrix = NDArray[np.float64]
registry: dict[str, type["Criterion"]] = {}
C = TypeVar("C", bound="type[Criterion]")


class Criterion(ABC):
    """One thing that speaks for or against a person; subclasses are frozen dataclasses whose fields are parameters."""

    name: ClassVar[str]
    label: ClassVar[Any]
    help: ClassVar[Any] = ""
    sign: ClassVar[int] = 1
    """−1 where its values are negative, so that a positive weight takes points away."""

    @abstractmethod
    def values(self, situation: Situation) -> Matrix:
        """Values from −1 to 1, shape (items, people); 0 says nothing. They are multiplied with the weight."""

    @abstractmethod
    def words(self, situation: Situation, item: int, person: int) -> str:
        """Why the value at (item, person) is what it is, in the active language."""


def criterion(cls: C) -> C:
    """Make a kind of criterion known under its name."""
    if registry.setdefault(cls.name, cls) is not cls:
        raise ValueError(f"two criteria are called {cls.name}")
    return cls


def level_share(had: NDArray[Any], needed: int) -> Matrix:
    """How much of a needed level is there: had / needed, at most 1."""
    return np.minimum(1.0, np.asarray(had, dtype=np.float64) / max(1, needed))


def rows_by(situation: Situation, key: Any, row: Any) -> Matrix:
    """A matrix whose row for each item is `row(key(item))`, made once for each key; no key is a row of zeros."""
    made: dict[Any, Any] = {}
    out = np.zeros(situation.shape)
    for i, item in enumerate(situation.items):
        wanted = key(item)
        if not wanted:
            continue
        if wanted not in made:
            made[wanted] = row(wanted)
        out[i] = made[wanted]
    return out
