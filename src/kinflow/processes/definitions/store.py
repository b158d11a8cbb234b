"""Our log as columns, kept on disk and in memory, and brought up to date by what came since.

Kept is the log of all cases of a kind by the same steps, together with the transaction id below which the log was read.
To bring it up to date, the cases that later entries mention are read anew, whole: so ends find their starts, late
commits lose nothing, and what is known of a case is as its record is. An activity that was changed, or a customer or
product of which something is told, counts as a change of the case, too.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection

from kinflow.eventlog.horizon import horizon
from kinflow.records.faces import registry

from ..columns import EventColumns
from ..columns.filtering import sub_log
from ..columns.keeping import DamagedColumns, NothingKept, OutdatedColumns, about_kept, keep, kept
from .attributes import attributes_of, rows_there, with_attributes
from .extracting import extract
from .merging import joined, without
from .steps import Step

FORMAT = 1
_UNREAD = {"name": "", "name_zh": "", "phase": "", "outcome": ""}
MOST_IN_MEMORY = 4
"""So many logs are held in memory by each process of the server."""
SELDOM = 0.05
"""The share of cases that may have changed before the log is written to disk again."""
TOO_MANY = 0.3
"""The share of cases from which on reading all anew is quicker."""

_MENTIONED = """
SELECT m.kind, array_agg(DISTINCT m.object_id) FROM eventlog_entry AS e JOIN eventlog_mention AS m ON m.entry_id = e.id
WHERE e.tx >= %s::text::xid8 AND e.tx < %s::text::xid8 AND m.kind = ANY(%s) GROUP BY m.kind
"""
_FIRST = "SELECT command_id::text FROM eventlog_entry ORDER BY id LIMIT 1"


@dataclass(frozen=True)
class Held:
    """A log: read below `position`, of the database whose first entry is of the command `origin`.

    `unsaved` cases of it are not on disk as they are. `edition` is another number for another log.
    """

    columns: EventColumns
    position: int
    origin: str
    unsaved: int = 0
    edition: int = field(default_factory=count().__next__)


_held: OrderedDict[Path, Held] = OrderedDict()
_turns: dict[Path, threading.Lock] = {}
_all = threading.Lock()


def fresh(kind: str, steps: Sequence[Step]) -> Held:
    """The log of all cases of a kind, on the finest level, complete up to now; cases, people and units by their ids."""
    folder = folder_of(kind, steps)
    with _all:
        turn = _turns.setdefault(folder, threading.Lock())
    with turn:
        held = _up_to_date(folder, kind, steps, _held.get(folder) or _from_disk(folder))
        with _all:
            _held[folder] = held
            _held.move_to_end(folder)
            while len(_held) > MOST_IN_MEMORY:
                _held.popitem(last=False)
    return held


def folder_of(kind: str, steps: Sequence[Step]) -> Path:
    """Where the log of a kind's cases by these steps is kept."""
    told = [FORMAT, kind, [asdict(step) | _UNREAD for step in steps]]
    told.append([asdict(attribute) for attribute in attributes_of(registry[kind])])
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:24]
    return Path(settings.DATA) / "processes" / f"{kind}-{digest}"


def forget() -> None:
    """Hold nothing in memory any more."""
    with _all:
        _held.clear()


def _from_disk(folder: Path) -> Held | None:
    try:
        about = about_kept(folder)
        columns = kept(folder)
        if about != about_kept(folder):  # another process kept a newer one meanwhile
            about, columns = about_kept(folder), kept(folder)
    except (NothingKept, OutdatedColumns, DamagedColumns):
        return None
    if about["cases"] != columns.cases or about["events"] != columns.events:
        return None
    return Held(columns, int(about["position"]), str(about["origin"]))


def _up_to_date(folder: Path, kind: str, steps: Sequence[Step], held: Held | None) -> Held:
    origin, below = _origin(), horizon()
    if held is None or held.origin != origin or held.position > below:
        return _saved(folder, Held(_whole(kind, steps, below), below, origin))
    if held.position == below:
        return held
    touched = touched_since(kind, held.position, below)
    if not touched:
        return replace(held, position=below)
    if len(touched) > max(1000, TOO_MANY * held.columns.cases):
        return _saved(folder, Held(_whole(kind, steps, below), below, origin))
    anew = _whole(kind, steps, below, touched)
    columns = joined(without(held.columns, [str(each) for each in touched]), anew)
    newer = Held(columns, below, origin, held.unsaved + len(touched))
    return _saved(folder, newer) if newer.unsaved > max(200, SELDOM * columns.cases) else newer


def _origin() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        row = cursor.fetchone()
    return row[0] if row else ""


def _whole(kind: str, steps: Sequence[Step], below: int, cases: Sequence[int] | None = None) -> EventColumns:
    columns = extract(kind, steps, below, cases)
    there = np.array(rows_there(kind, columns.case_ids), np.bool_)
    return with_attributes(columns if there.all() else sub_log(columns, there), kind)


def _saved(folder: Path, held: Held) -> Held:
    keep(held.columns, folder, about={"position": held.position, "origin": held.origin})
    return replace(held, unsaved=0)


def touched_since(kind: str, since: int, below: int) -> list[int]:
    """The cases of a kind of which entries of transactions from `since` to below `below` tell something, in order."""
    vias = {attribute.via: attribute.column for attribute in attributes_of(registry[kind]) if attribute.via}
    with connection.cursor() as cursor:
        cursor.execute(_MENTIONED, [str(since), str(below), [kind, "activity", *vias]])
        mentioned: dict[str, list[int]] = dict(cursor.fetchall())
    found = set(mentioned.get(kind, []))
    cases = registry[kind].model._default_manager
    for via, column in vias.items():
        if ids := mentioned.get(via):
            found.update(cases.filter(**{f"{column}__among": ids}).values_list("pk", flat=True))
    if ids := mentioned.get("activity"):
        activities = registry["activity"].model._default_manager
        about = activities.filter(pk__among=ids, about_kind=kind).exclude(about_id=None)
        found.update(about.values_list("about_id", flat=True))
    return sorted(found)
