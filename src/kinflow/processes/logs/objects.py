"""Object-centric logs (OCEL): events that mention objects of several types; one type is chosen as the case."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kinflow.records.importing.mapping import plain

from .case_attributes import Attributes
from .growing import Cases, Coded, Events, Names, Read, read_of
from .limits import LogLimits, broken, too_many_events
from .roles import BEGUN_AT, RESOURCE, TARGETS, UNIT
from .times import moments


@dataclass(frozen=True)
class ObjectType:
    """A type of object: how many there are, how many mentions of them, and how many events mention any."""

    name: str
    objects: int
    mentions: int
    events: int


class ObjectLog:
    """An object-centric log while it is read."""

    def __init__(self, limits: LogLimits, most: int = 0) -> None:
        self.limits, self.most = limits, most
        self.counts: Counter[str] = Counter()
        self.types: Coded[str] = Coded()
        self.objects: Coded[str] = Coded()
        self.type_of: dict[int, int] = {}
        self.attributes: dict[int, dict[str, Any]] = {}
        self.numbers: set[tuple[str, str]] = (
            set()
        )  # attributes of types of objects that are declared as numbers
        self.activities: Coded[str] = Coded()
        self.resources: Coded[str] = Coded()
        self.units: Coded[str] = Coded()
        self.activity, self.resource, self.unit = array("i"), array("i"), array("i")
        self.times: list[str | None] = []
        self.begun: dict[int, str] = {}
        self.event, self.object = array("i"), array("i")  # of mentions

    @property
    def is_enough(self) -> bool:
        """Whether as many events as wanted were read."""
        return bool(self.most) and len(self.activity) >= self.most

    def declare(self, kind: Any, attributes: Iterable[tuple[Any, Any]]) -> None:
        """A type of objects, with the kinds of its attributes by their names."""
        if isinstance(kind, str):
            self.types.code(kind)
            self.numbers |= {(kind, str(name)) for name, what in attributes if str(what).lower() in _NUMBERS}

    def add_object(self, name: Any, kind: Any, attributes: Iterable[tuple[Any, Any]] = ()) -> None:
        """An object, with its attributes (the first value of each stays)."""
        if not isinstance(name, str) or not isinstance(kind, str):
            self.counts["objects"] += 1
            return
        code = self.objects.code(name)
        self.type_of.setdefault(code, self.types.code(kind))
        known: dict[str, Any] = {}
        for key, value in attributes:
            if isinstance(key, str) and isinstance(value, str | int | float):
                known.setdefault(key, _value(value))
        if known:
            self.attributes.setdefault(code, known)

    def add_event(
        self, kind: Any, time: Any, attributes: Iterable[tuple[Any, Any]], objects: Iterable[Any]
    ) -> None:
        """An event of a type, at a time (ISO 8601), that mentions objects by their ids."""
        number = len(self.activity)
        if number >= self.limits.events:
            raise too_many_events(self.limits)
        self.activity.append(self.activities.code(kind) if isinstance(kind, str) and kind else -1)
        self.times.append(time if isinstance(time, str) else None)
        found: dict[str, str] = {}
        for key, value in attributes:
            role = _role_of(key) if isinstance(key, str) else ""
            if role and isinstance(value, str | int | float) and value != "":
                found.setdefault(role, str(value))
        self.resource.append(self.resources.code(found[RESOURCE]) if RESOURCE in found else -1)
        self.unit.append(self.units.code(found[UNIT]) if UNIT in found else -1)
        if BEGUN_AT in found:
            self.begun[number] = found[BEGUN_AT]
        for name in dict.fromkeys(name for name in objects if isinstance(name, str)):
            self.event.append(number)
            self.object.append(self.objects.code(name))

    def object_types(self) -> list[ObjectType]:
        """All types of objects that were declared, those that most events mention first."""
        of_object = self._types_of_objects()
        events, objects = _array(self.event), _array(self.object)
        kinds = of_object[objects] if len(objects) else np.zeros(0, np.int32)
        found = []
        for code, name in enumerate(self.types.values):
            mine = events[kinds == code]
            found.append(ObjectType(name, int((of_object == code).sum()), len(mine), len(np.unique(mine))))
        return sorted(found, key=lambda one: (-one.events, one.mentions, one.name))

    def flattened(self, object_type: str) -> Read:
        """The log whose cases are the objects of the type: an event that mentions several is one of each.

        Raises UnreadableFile where there is no such type.
        """
        wanted = self.types.codes.get(object_type)
        if wanted is None:
            known = ", ".join(self.types.values[:50]) or "–"
            raise broken(
                _("This log has no objects of the type “%(type)s”.") % {"type": object_type},
                _("Choose one of these types: %(types)s.") % {"types": known},
            )
        of_object = self._types_of_objects()
        cases_of = np.full(len(of_object), -1, np.int32)
        of_type = np.flatnonzero(of_object == wanted)
        cases_of[of_type] = np.arange(len(of_type), dtype=np.int32)
        event, case = _array(self.event), cases_of[_array(self.object)]
        event, case = event[case >= 0], case[case >= 0]
        self.counts["outside"] += len(self.activity) - len(np.unique(event))
        at = moments(self.times)
        begun_at = at.copy()
        if self.begun:
            begun_at[list(self.begun)] = moments(list(self.begun.values()))
        resource = self._with_related_people(_array(self.resource).copy(), of_object)
        events = Events(
            case,
            _array(self.activity)[event],
            at[event],
            begun_at[event],
            resource[event],
            _array(self.unit)[event],
        )
        names = self.objects.values
        cases = Cases([names[int(code)] for code in of_type])
        self._describe(cases, of_type, {name for kind, name in self.numbers if kind == object_type})
        return read_of(
            events,
            cases,
            Names(self.activities.values, self.resources.values, self.units.values),
            self.counts,
        )

    def _describe(self, cases: Cases, of_type: NDArray[np.int64], numbers: set[str]) -> None:
        attributes = Attributes(self.limits.attributes, self.counts)
        for case, code in enumerate(of_type):
            values = self.attributes.get(int(code), {})
            told = {name: _number(value) if name in numbers else value for name, value in values.items()}
            attributes.put(case, told, set())
        attributes.fill(cases)

    def _types_of_objects(self) -> NDArray[np.int32]:
        found = np.full(len(self.objects), -1, np.int32)
        if self.type_of:
            found[list(self.type_of)] = list(self.type_of.values())
        return found

    def _with_related_people(
        self, resource: NDArray[np.int32], of_object: NDArray[np.int32]
    ) -> NDArray[np.int32]:
        """Where an event names nobody, but mentions an object that is a person or a resource, that is who did it."""
        people = [code for code, name in enumerate(self.types.values) if _role_of(name) == RESOURCE]
        if not people or not len(self.event):
            return resource
        event, thing = _array(self.event), _array(self.object)
        which = np.flatnonzero(np.isin(of_object[thing], people) & (resource[event] < 0))
        names = self.objects.values
        for mention in which:
            number = int(event[mention])
            if resource[number] < 0:
                resource[number] = self.resources.code(names[int(thing[mention])])
        return resource


_NUMBERS = frozenset(("float", "integer", "int", "real", "double", "number"))
_ROLES: Mapping[str, str] = {
    plain(word): target.name
    for target in TARGETS
    if target.name in (RESOURCE, UNIT, BEGUN_AT)
    for word in (target.name, target.label_en, target.label_zh, *target.synonyms)
}


@lru_cache(4096)
def _role_known(name: str) -> str:
    return _ROLES.get(plain(name), "")


def _role_of(name: str) -> str:
    """What an attribute of events (or a type of objects) of this name says: who, which unit, when begun, or ""."""
    return _role_known(name) if len(name) <= 60 else ""


def _value(value: str | float) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return float(value)
    return value


def _number(value: Any) -> Any:
    try:
        return float(value)
    except ValueError:
        return value


def _array(values: array) -> NDArray[np.int32]:
    return np.frombuffer(values, np.int32) if values else np.zeros(0, np.int32)
