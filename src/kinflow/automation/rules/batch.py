"""What is read once for many entries: the records they are about, and for which of them states hold."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from kinflow.eventlog.command import Row
from kinflow.eventlog.models import About, Entry, Mention
from kinflow.eventlog.timeline import with_mentions
from kinflow.records.faces import registry

from .models import RuleHold
from .owners import Owner, owner_at

ByKind = dict[str, list[About]]


class Batch:
    """Entries with what they mention; records are read when first asked for, all of a kind in one query."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        with_mentions([entry for entry in entries if "mentioned" not in entry.__dict__])
        self.mentions = {entry.pk: _by_kind(entry.mentioned) for entry in entries}
        self._rows: dict[str, dict[int, Any]] = {}
        self._holding: dict[str, dict[int, set[int]]] = {}
        self._owners: dict[int, Owner] = {}
        self.started = 0
        """How many runs began because of these entries."""

    def rows(self, kind: str, ids: Iterable[int]) -> list[Any]:
        """The records of the kind, as they are now."""
        if kind not in registry:
            return []
        wanted = list(ids)
        if kind not in self._rows:
            self._rows[kind] = self._read(kind, self._ids(kind))
        known = self._rows[kind]
        known |= self._read(kind, [pk for pk in wanted if pk not in known])
        return [row for pk in wanted if (row := known[pk]) is not None]

    def _read(self, kind: str, ids: Collection[int]) -> dict[int, Any]:
        found = registry[kind].model._default_manager.in_bulk(ids) if ids else {}
        return {pk: found.get(pk) for pk in ids}

    def holding(self, kind: str, pk: int) -> set[int]:
        """The rules whose state holds for the record, as was kept; whoever changes that says so here."""
        if kind not in self._holding:
            found: dict[int, set[int]] = defaultdict(set)
            self._holding[kind] = found
            holds = RuleHold.objects.filter(object_id__in=self._ids(kind), rule__kind=kind)
            for rule_id, object_id in holds.values_list("rule_id", "object_id"):
                found[object_id].add(rule_id)
        return self._holding[kind][pk]

    def has(self, kind: str, row: Any) -> bool:
        """Whether the record is as it was when it was read here."""
        return self._rows.get(kind, {}).get(row.pk) is row

    def owner(self, person_id: int) -> Owner:
        """The owner of a rule that runs because of these entries, as they are now."""
        if person_id not in self._owners:
            self._owners[person_id] = owner_at(person_id)
        return self._owners[person_id]

    def acted(self, changed: frozenset[Row] | None) -> None:
        """A rule acted, if not None, and changed these rows: they are read anew, and so is what others relate to."""
        if changed is None:
            return
        self.started += 1
        if any(label.startswith("organisation.") for label, _pk in changed or ()):
            self._owners.clear()
        for known in self._rows.values() if changed else ():
            for pk, row in list(known.items()):
                if row is None or (row._meta.label, pk) in changed:
                    del known[pk]
                else:
                    row._state.fields_cache.clear()

    def _ids(self, kind: str) -> Collection[int]:
        return {m.object_id for by_kind in self.mentions.values() for m in by_kind.get(kind, ())}


def can_matter(entry: Entry, mentions: Iterable[About | Mention], kind: str, fields: frozenset[str]) -> bool:
    """Whether the entry can have changed what a rule asks of such a record; a change of other fields cannot."""
    changes = entry.data.get("changes")
    is_changed = isinstance(changes, dict) and any(m.role == kind for m in mentions)
    return not is_changed or not changes.keys().isdisjoint(fields | {"changed_at"})


def _by_kind(mentions: Iterable[About]) -> ByKind:
    found: ByKind = defaultdict(list)
    for mention in mentions:
        found[mention.kind].append(mention)
    return found
