"""The log told in words: each entry's sentence with the names of what it mentions, without a query per entry."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from .event import registry
from .models import Entry
from .wording import said


@dataclass(frozen=True)
class Name:
    """How an object is called, and where it is found."""

    label: str
    url: str = ""


Namer = Callable[[Collection[int]], Mapping[int, Name]]
namers: dict[str, Namer] = {}
_VERSION = re.compile(r" v\d+\Z")


@dataclass(frozen=True)
class Told:
    """One entry, ready to be shown: `html` with links, `text` without."""

    entry: Entry
    html: SafeString
    text: str
    topic: str
    icon: str
    by: str
    at: datetime
    details: Mapping[str, Any]


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def names_of(entries: Sequence[Entry]) -> dict[tuple[str, int], Name]:
    """The names of all that the entries mention: one query per kind of object."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        for mention in entry.mentioned:
            wanted.setdefault(mention.kind, set()).add(mention.object_id)
        if (acting := _acting(entry)) is not None:
            wanted.setdefault(acting[0], set()).add(acting[1])
    return {
        (kind, object_id): name
        for kind, ids in wanted.items()
        if kind in namers
        for object_id, name in namers[kind](ids).items()
    }


def narrate(entries: Sequence[Entry]) -> list[Told]:
    """The entries in the active language; they need their mentions prefetched."""
    names = names_of(entries)
    return [_tell(entry, names) for entry in entries]


def _tell(entry: Entry, names: Mapping[tuple[str, int], Name]) -> Told:
    event = registry.get(entry.name)
    acting = _acting(entry)
    named = names.get(acting) if acting is not None else None
    by = _called(entry, named)
    if event is None:
        return Told(entry, escape(entry.name), entry.name, "change", "note", by, entry.at, entry.data)
    roles: dict[str, list[Name]] = {}
    for mention in entry.mentioned:
        name = names.get((mention.kind, mention.object_id)) or Name(f"{mention.kind} {mention.object_id}")
        roles.setdefault(mention.role, []).append(name)
    told = {mention.role: mention.object_id for mention in entry.mentioned} | entry.data
    plain = {k: str(said(event, k, v, told)) for k, v in entry.data.items()}
    between = pgettext("between values", ", ")
    text = _Gaps(plain | {r: between.join(n.label for n in found) for r, found in roles.items()}, by=by)
    html = _Gaps(
        {k: escape(v) for k, v in plain.items()}
        | {r: mark_safe(between.join(_link(n) for n in found)) for r, found in roles.items()},  # noqa: S308
        by=format_html("<strong>{}</strong>", by),
    )
    sentence = str(event.sentence) or event.name
    return Told(
        entry,
        mark_safe(escape(sentence).format_map(html)),  # noqa: S308
        sentence.format_map(text),
        event.topic,
        event.icon,
        by,
        entry.at,
        entry.data,
    )


def _acting(entry: Entry) -> tuple[str, int] | None:
    """The object that acted, where the actor is one: "scoring:7" is called as scorings are called."""
    kind, _colon, number = entry.actor_id.partition(":")
    return (kind, int(number)) if kind in namers and number.isdecimal() else None


def _called(entry: Entry, acting: Name | None) -> str:
    """Who acted, in the reader's language; the version by which it acted stays: "Follow up a lead v3"."""
    if acting is None:
        return entry.actor_name or entry.actor_id
    version = _VERSION.search(entry.actor_name)
    return acting.label + version.group() if version else acting.label


def _link(name: Name) -> str:
    if name.url:
        return format_html('<a href="{}">{}</a>', name.url, name.label)
    return escape(name.label)
