"""The events that rules may follow: what they are called in a sentence, and which kinds of record they are about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from django.db.models import Model

from kinflow.conditions.typography import lowered
from kinflow.eventlog.event import registry as events
from kinflow.records.faces import registry as faces

ANY = "*"
"""An event that may be about records of any kind."""


def known_events() -> dict[str, type[Any]]:
    """All events by name."""
    return dict(events)


@cache
def kinds_of(name: str) -> frozenset[str]:
    """The kinds of record that the event mentions; ANY where its declaration leaves that open."""
    try:
        hints = get_type_hints(events[name])
    except (NameError, KeyError):
        return frozenset({ANY})
    found: set[str] = set()
    for hint in hints.values():
        for part in (hint, *getattr(hint, "__args__", ())):
            if part is Any:
                found.add(ANY)
            if isinstance(part, type) and issubclass(part, Model):
                found.add(ANY if part is Model or part._meta.abstract else str(part._meta.model_name))
    return frozenset(found)


def events_about(kind: str) -> frozenset[str]:
    """The names of the events that can be about a record of the kind."""
    return frozenset(name for name in events if kinds_of(name) & {kind, ANY})


def event_words(name: str) -> str:
    """What happened, without who did it and without its values: "captured lead from contact"."""
    event = events.get(name)
    if event is None:
        return name
    text = re.sub(r"^\{by\}\s*", "", str(event.sentence))
    roles = _roles(name)

    def said(found: re.Match[str]) -> str:
        kind = roles.get(found[1], "")
        return lowered(str(faces[kind].label)) if kind in faces else _GAP

    text = re.sub(r"\{(\w+)\}", said, text)
    for kind in set(roles.values()) & faces.keys():
        label = lowered(str(faces[kind].label))
        text = text.replace(f"{label} {label}", label).replace(f"{label}{label}", label)
    text = re.sub(rf"\s*[(（“][^()（）“”]*{_GAP}[^()（）“”]*[)）”]", "", text)
    text = re.sub(rf"\s*[:：,，]\s*{_GAP}.*$", "", text).replace(f" {_GAP} ", " … ").replace(_GAP, "…")
    return text.strip(" :：,，") or name


_GAP = "\N{REPLACEMENT CHARACTER}"


@cache
def _roles(name: str) -> dict[str, str]:
    """By field of an event the kind of record that it holds."""
    try:
        hints = get_type_hints(events[name])
    except NameError:
        return {}
    return {
        role: str(part._meta.model_name)
        for role, hint in hints.items()
        for part in (hint, *getattr(hint, "__args__", ()))
        if isinstance(part, type)
        and issubclass(part, Model)
        and part is not Model
        and not part._meta.abstract
    }


def choices_for(kind: str) -> list[tuple[str, str]]:
    """The events to choose from for a kind of record, its own first, by their words."""
    own = [name for name in events if kind in kinds_of(name)]
    return sorted(((name, event_words(name)) for name in own), key=lambda pair: pair[1])


def data_of(names: Iterable[str]) -> list[tuple[str, str]]:
    """The fields of the events that hold plain words or whole numbers, such as a kind or how many times."""
    found: dict[str, str] = {}
    for name in names:
        for part in fields(events[name]) if name in events else ():
            if part.type in (str, "str", int, "int") and not part.metadata:
                found.setdefault(part.name, part.name.replace("_", " "))
    return sorted(found.items())


def data_words(names: Iterable[str], field: str, value: str) -> str:
    """The label of a value of an event's field, where the event knows one."""
    for name in names:
        labels = events[name].words.get(field) if name in events else None
        if isinstance(labels, Mapping) and value in labels:
            return str(labels[value])
    return value


FIRST = ("lead", "opportunity", "account", "contact", "case", "activity", "email")
"""The kinds of record that most rules are about, in the order of the choice."""


def kinds() -> list[tuple[str, Any]]:
    """The kinds of record that rules can be about: those that can be changed, the daily ones first."""
    found = {f.name: f.plural for f in faces.values() if f.change is not None}
    order = [*(name for name in FIRST if name in found), *(name for name in found if name not in FIRST)]
    return [(name, found[name]) for name in order]
