"""The situation a scoring decides in: items, people and facts about both, loaded for all of them at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from .items import Item
from .people import People

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Situation:
    """What criteria look at. Nothing in it asks the database per item or per person.

    `items` are the rows and `people` the columns of every matrix; facts that only some criteria need are loaded
    by them with `once`.
    """

    kind: str
    now: datetime
    items: Sequence[Item]
    people: People
    _known: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(items, people)."""
        return len(self.items), len(self.people.ids)

    def once(self, load: "Callable[Concatenate[Situation, P], R]", *args: P.args, **kwargs: P.kwargs) -> R:
        """The facts that `load(situation, …)` returns; loaded when first asked for."""
        key = (load, args, tuple(kwargs.items()))
        if key not in self._known:
            self._known[key] = load(self, *args, **kwargs)
        found: R = self._known[key]
        return found
