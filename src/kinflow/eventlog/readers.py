"""Readers follow the log after commit, each at its own pace, losing nothing and doing nothing twice.

Ids are handed out before commit, so a plain "id greater than" cursor would lose entries. An entry carries its transaction
id, and a reader stops below the oldest transaction still running (`horizon`), ordered by (transaction, id).
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from kinflow.kit.garbage import keeping_all
from kinflow.kit.standing import asked, executed, fetched, in_one_go

from .horizon import horizon_asked
from .models import Cursor, Entry, Failure
from .timeline import entries_in_order

Handler = Callable[[Entry], None]
log = logging.getLogger(__name__)

PAUSES = [timedelta(seconds=s) for s in (10, 60, 600, 3600, 6 * 3600)]
BATCH = 50
TURN_SECONDS = 0.1
"""A reader that handles entries one by one ends its transaction after so long: others wait behind it."""
# An advisory lock, since to lock a row takes a transaction id, behind which all other readers stop: so a reader gets one
# with its first effect only.
_HOLD = "SELECT pg_try_advisory_xact_lock(hashtext('eventlog.reader'), hashtext(%s))"

_CURSOR = "SELECT tx, entry_id FROM eventlog_cursor WHERE reader = %s"
_MOVE = "UPDATE eventlog_cursor SET tx = %s, entry_id = %s, moved_at = %s WHERE reader = %s"
_NEED_NOT_LAST = "SELECT set_config('synchronous_commit', 'off', true)"
_NEXT = """
SELECT id, tx::text::bigint FROM eventlog_entry
WHERE (tx, id) > (%s::text::xid8, %s) AND tx < %s::text::xid8 AND name = ANY(%s)
ORDER BY tx, id LIMIT %s
"""

_UNREAD = """
SELECT EXISTS (SELECT 1 FROM eventlog_entry
WHERE (tx, id) > (%s::text::xid8, %s) AND name = ANY(%s) AND at >= %s AND at < %s)
"""


@dataclass(frozen=True)
class Reader:
    """One follower of the log: which events it handles, and whether it starts with the first entry or with the next.

    `together` handles several entries at once where that is cheaper, and says how many of them (None: all) where it took
    long; where it fails, each is handled by itself. `most` is how many are read at once. Urgent readers have a thread of
    their own in each worker, so that they wait for no others.
    """

    name: str
    handlers: dict[str, Handler] = field(default_factory=dict)
    from_start: bool = False
    together: Callable[[Sequence[Entry]], int | None] | None = None
    most: int = BATCH
    is_urgent: bool = False
    keeps_all: bool = False
    """Its turns are short, and nobody looks for garbage in them."""

    def on(self, *names: str) -> Callable[[Handler], Handler]:
        """Register the handler of the named events; it runs in the transaction that moves the cursor."""

        def register(handler: Handler) -> Handler:
            for name in names:
                if name in self.handlers:
                    raise ValueError(f"{self.name} handles {name} already")
                self.handlers[name] = handler
            return handler

        return register


class OneHandler(dict[str, Handler]):
    """The same handler for the events whose names are asked for anew each time the log is read."""

    def __init__(self, handler: Handler, names: Callable[[], Collection[str]]) -> None:
        super().__init__()
        self._handler, self._names = handler, names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def __contains__(self, name: object) -> bool:
        return name in self._names()

    def __missing__(self, name: str) -> Handler:
        return self._handler


readers: dict[str, Reader] = {}


def reader(name: str, *, from_start: bool = False) -> Reader:
    """Make a reader known under its name."""
    if name in readers:
        raise ValueError(f"two readers are called {name}")
    readers[name] = Reader(name, from_start=from_start)
    return readers[name]


def _begun(which: Reader) -> tuple[Cursor | None, int]:
    """The reader's cursor, nobody else's until the transaction ends (None: another worker holds it), and the horizon."""
    with in_one_go():
        held = asked(_HOLD, [which.name])
        there = asked(_CURSOR, [which.name])
        below = horizon_asked()
    if not held()[0][0]:
        return None, 0
    until = below()
    for tx, entry_id in there():
        return Cursor(reader=which.name, tx=tx, entry_id=entry_id), until
    start = {} if which.from_start else {"tx": until}
    return Cursor.objects.get_or_create(pk=which.name, defaults=start)[0], until


def _moved(cursor: Cursor, *, must_last: bool) -> None:
    """Keep how far was read; what was only looked at is done again if it was lost, and need not wait for the disk."""
    with in_one_go():
        if not must_last:
            executed(_NEED_NOT_LAST, [])
        executed(_MOVE, [cursor.tx, cursor.entry_id, timezone.now(), cursor.pk])


def _names(which: Reader) -> list[str]:
    """The events that a reader handles, asked for once: `list` would ask how many there are first."""
    return [*iter(which.handlers)]


def _next_entries(which: Reader, cursor: Cursor, below: int, limit: int) -> list[tuple[int, int]]:
    given = [str(cursor.tx), cursor.entry_id, str(below), _names(which), limit]
    return [(entry_id, tx) for entry_id, tx in fetched(_NEXT, given)]


def handle(which: Reader, entry: Entry, now: datetime) -> bool:
    """Give the entry to the reader's handler; a failure is undone, kept for another try, and reported as False."""
    try:
        with transaction.atomic():
            which.handlers[entry.name](entry)
    except Exception as error:
        log.exception("reader %s failed at entry %s", which.name, entry.pk)
        _remember(which, entry, error, now)
        return False
    return True


def _handle_all(which: Reader, entries: Sequence[Entry], now: datetime) -> int:
    """Handle the entries, or the first of them if it takes long; how many."""
    if which.together is not None and len(entries) > 1:
        try:
            with transaction.atomic():
                done = which.together(entries)
        except Exception:
            log.warning("reader %s takes these entries one by one", which.name, exc_info=True)
        else:
            return len(entries) if done is None else done
    begun = time.monotonic()
    for done, entry in enumerate(entries, 1):
        handle(which, entry, now)
        if time.monotonic() - begun >= TURN_SECONDS:
            return done
    return len(entries)


def _remember(which: Reader, entry: Entry, error: Exception, now: datetime) -> None:
    known = Failure.objects.filter(reader=which.name, entry=entry).first()
    attempts = known.attempts + 1 if known else 1
    pause = PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
    Failure.objects.update_or_create(
        reader=which.name,
        entry=entry,
        defaults={
            "error": f"{type(error).__name__}: {error}"[:2000],
            "attempts": attempts,
            "failed_at": now,
            "next_at": now + pause if pause else None,
        },
    )


def catch_up(which: Reader, now: datetime, *, limit: int | None = None) -> int:
    """Handle up to `limit` entries in one transaction together with the move of the cursor; how many were handled.

    Dying in the middle leaves neither effects nor a moved cursor. Two workers never hold the same cursor.
    """
    most = limit or which.most
    with keeping_all() if which.keeps_all else nullcontext(), transaction.atomic():
        cursor, below = _begun(which)
        if cursor is None:
            return 0
        found = _next_entries(which, cursor, below, most)
        done = 0
        if found:
            done = _handle_all(which, entries_in_order([entry_id for entry_id, _tx in found]), now)
        if done == most or done < len(found):
            cursor.entry_id, cursor.tx = found[done - 1]
        elif below > cursor.tx:
            cursor.tx, cursor.entry_id = below, -1
        else:
            return 0
        _moved(cursor, must_last=bool(found))
        return done


def retry_failures(now: datetime, known: Mapping[str, Reader] = readers) -> int:
    """Try again what failed and is due; how many succeeded."""
    done = 0
    due = Failure.objects.filter(next_at__lte=now, reader__in=list(known)).values_list("pk", flat=True)
    for failure_id in list(due[:BATCH]):
        with transaction.atomic():
            failure = Failure.objects.select_for_update(skip_locked=True).filter(pk=failure_id).first()
            if failure is not None and handle(known[failure.reader], failure.entry, now):
                failure.delete()
                done += 1
    return done


def goes_on(tx: int, entry_id: int, names: Collection[str]) -> bool:
    """Whether the log has an entry of these names, seen from here, that readers come to after (tx, entry_id)."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT EXISTS (SELECT 1 FROM eventlog_entry WHERE (tx, id) > (%s::text::xid8, %s) AND name = ANY(%s))",
            [str(tx), entry_id, list(names)],
        )
        return bool(sql.fetchone()[0])


def is_behind(known: Mapping[str, Reader] = readers) -> bool:
    """Whether any reader has entries before it that are not yet safe to read."""
    for which in known.values():
        cursor = Cursor.objects.filter(pk=which.name).first()
        if cursor is None or goes_on(cursor.tx, cursor.entry_id, which.handlers):
            return True
    return False


def has_read(which: Reader, since: datetime, until: datetime) -> bool:
    """Whether the reader has dealt with all that the log tells of a period."""
    if Failure.objects.filter(reader=which.name, entry__at__gte=since, entry__at__lt=until).exists():
        return False
    cursor = Cursor.objects.filter(pk=which.name).first()
    if cursor is None and not which.from_start:
        return True
    tx, entry_id = (cursor.tx, cursor.entry_id) if cursor else (0, -1)
    with connection.cursor() as sql:
        sql.execute(_UNREAD, [str(tx), entry_id, list(which.handlers), since, until])
        return not sql.fetchone()[0]


def catch_up_all(now: datetime) -> int:
    """Let every reader read until none finds anything; how many entries were handled. For tests and quiet moments."""
    total = 0
    while done := sum(catch_up(which, now) for which in list(readers.values())):
        total += done
    return total
