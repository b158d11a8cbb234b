"""What an eligibility rule is: who may get an item at all, for all pairs at once, and what excludes the others."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..criteria.situation import Situation

Allowed = NDArray[np.bool_]
registry: dict[str, type["EligibilityRule"]] = {}
C = TypeVar("C", bound="type[EligibilityRule]")


class EligibilityRule(ABC):
    """A hard condition; subclasses are frozen dataclasses whose fields are parameters.

    `reason` is what is said of those it excludes, after a number: "5 absent".
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    reason: ClassVar[Any]

    @abstractmethod
    def allows(self, situation: Situation) -> Allowed:
        """Whether each person may get each item, shape (items, people) or (people,)."""


def eligibility_rule(cls: C) -> C:
    """Make a rule known under its name."""
    if registry.setdefault(cls.name, cls) is not cls:
        raise ValueError(f"two eligibility rules are called {cls.name}")
    return cls
