"""Rules follow the log: of each entry only the rules are asked that it can concern."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from kinflow.eventlog.models import About, Entry
from kinflow.eventlog.readers import OneHandler, Reader, readers
from kinflow.records.faces import registry

from .batch import Batch, can_matter
from .firing import fire
from .letting_go import one_at_a_time
from .live import Index, Live, States, index, index_of_batch
from .states import look

NAME = "automation.rules"
MOST_RELATED = 5_000
"""So many records that depend on one other record are looked at again when that changes."""
AT_ONCE = 200
"""So many entries are read together."""
FEW = 8
"""So many runs because of entries read together begin at once; more are given to all workers."""
_NONE = States()


def follow_rules() -> None:
    """Follow the log for the rules."""
    readers[NAME] = Reader(
        NAME,
        handlers=OneHandler(act_on, lambda: index().names),
        together=act_on_all,
        most=AT_ONCE,
        is_urgent=True,
    )


def act_on(entry: Entry) -> None:
    """Let the rules that the entry concerns act."""
    act_on_all([entry])


def act_on_all(entries: Sequence[Entry]) -> None:
    """Let the rules that the entries concern act, in the order of the entries."""
    now, found, batch = timezone.now(), index_of_batch(), Batch(entries)
    if found.states or found.leading:
        one_at_a_time()
    for entry in entries:
        _on_event(entry, found, batch, now)
        for kind, mentions in batch.mentions[entry.pk].items():
            _on_states(entry, mentions, kind, found, batch, now)


def _on_event(entry: Entry, found: Index, batch: Batch, now: datetime) -> None:
    """The rules that wait for such an event."""
    for kind, rules in found.by_event.get(entry.name, {}).items():
        mentions = batch.mentions[entry.pk].get(kind, ())
        for row in batch.rows(kind, _meant(mentions, kind)):
            for live in rules.fitting(row):
                if live.is_meant(entry) and live.holds(row, now):
                    later = batch.started >= FEW
                    changed = fire(
                        live,
                        row,
                        cause=f"entry {entry.pk}",
                        entry=entry,
                        now=now,
                        later=later,
                        owner=None if later else batch.owner(live.owner.pk),
                        is_fresh=batch.has(kind, row),
                    )
                    batch.acted(changed)


def _on_states(
    entry: Entry, mentions: Sequence[About], kind: str, found: Index, batch: Batch, now: datetime
) -> None:
    """The rules over states that the entry may have begun or ended."""
    ids = {m.object_id for m in mentions}
    states = found.states.get(kind, _NONE)
    for row in batch.rows(kind, sorted(ids)) if states.known else ():
        holding = batch.holding(kind, row.pk)
        for live, fields in states.concerned(row, holding):
            if not live.is_before(entry) and can_matter(entry, mentions, kind, fields):
                _look(live, row, entry, batch, now, held_before=live.rule.pk in holding)
    for live, path, fields in found.leading.get(kind, ()):
        if not live.is_before(entry) and can_matter(entry, mentions, kind, fields):
            for row in _depending(live, path, ids):
                _look(live, row, entry, batch, now)


def _look(
    live: Live, row: Any, entry: Entry, batch: Batch, now: datetime, *, held_before: bool = True
) -> None:
    later = batch.started >= FEW
    seen = look(live, row, now=now, since=entry.at, entry=entry, held_before=held_before, later=later)
    holding = batch.holding(live.draft.kind, row.pk)
    (holding.add if seen.holds else holding.discard)(live.rule.pk)
    batch.acted(seen.changed)


def _meant(mentions: Collection[About], kind: str) -> list[int]:
    """The records of the kind that the entry is about: those in the role of their kind before others."""
    own = {m.object_id for m in mentions if m.role in (kind, "record")}
    return sorted(own or {m.object_id for m in mentions})


def _depending(live: Live, path: str, ids: set[int]) -> list[Any]:
    """The records of the rule's kind that depend on the changed ones: those that lead to them."""
    rows = registry[live.draft.kind].model._default_manager
    return list(rows.filter(**{f"{path}__in": ids}).distinct().order_by("-pk")[:MOST_RELATED])
