"""What one fact looks like: a frozen dataclass named in the past tense."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from dataclasses import field as dataclass_field
from functools import cache
from typing import Any, ClassVar, Literal, cast

from .command import domain_of

Wording = Callable[[Any, Mapping[str, Any]], Any]
"""From a value and the whole data of its event to words."""
Topic = Literal["contact", "sale", "service", "marketing", "assignment", "change"]
registry: dict[str, type["Event"]] = {}


def personal(**options: Any) -> Any:
    """A dataclass field whose value is personal: it is blanked when the person asks to be forgotten."""
    return dataclass_field(metadata={"personal": True}, **options)


def typed(**options: Any) -> Any:
    """A dataclass field with words that somebody typed: all may read them, but they may speak of a person.

    They are blanked like personal values when that person asks to be forgotten.
    """
    return dataclass_field(metadata={"typed": True}, **options)


@dataclass(frozen=True, kw_only=True)
class Event:
    """The base of all events.

    Fields that hold records become mentions, with the field's name as role; all others become the entry's data.
    `sentence` names fields in braces, and {by} for the actor. `words` maps the values of a field to their labels, or
    is a function of the value and the whole data that says them.
    """

    sentence: ClassVar[Any] = ""
    name: ClassVar[str] = ""
    topic: ClassVar[Topic] = "change"
    icon: ClassVar[str] = "note"
    words: ClassVar[Mapping[str, Mapping[str, Any] | Wording]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        words = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.name = f"{domain_of(cls.__module__)}.{words}"
        known = registry.get(cls.name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"two events are called {cls.name}")
        registry[cls.name] = cls

    def values(self) -> dict[str, Any]:
        """The event's fields, not copied."""
        own = self.__dict__
        return {name: own[name] for name in _names(cast(Any, type(self)))}


@cache
def _names(event: Any) -> tuple[str, ...]:
    """The names of an event class's fields."""
    return tuple(part.name for part in fields(event))


def personal_fields(name: str) -> frozenset[str]:
    """The data keys of the event that hold personal values."""
    return _marked(name, "personal")


def forgotten_fields(name: str) -> frozenset[str]:
    """The data keys of the event that are blanked when a person is forgotten."""
    return personal_fields(name) | _marked(name, "typed")


def _marked(name: str, mark: str) -> frozenset[str]:
    event = registry.get(name)
    return frozenset(part.name for part in fields(event) if part.metadata.get(mark)) if event else frozenset()
