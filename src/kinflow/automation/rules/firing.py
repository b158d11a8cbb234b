"""A rule fires for a record because of a cause: once, however often the cause is told, and however many tell it."""

import json
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from kinflow.eventlog.actor import DEEPEST_CHAIN
from kinflow.eventlog.command import Row
from kinflow.eventlog.models import Entry

from .guard import hour_of, limit_of
from .live import Live
from .models import RUNNING, STOPPED, RuleRun
from .owners import Owner
from .running import begin_run, hand_over
from .stopping import stop_rule

_START = """
WITH begun AS (
    INSERT INTO automation_rulerun
        (rule_id, number, kind, object_id, cause, entry_id, state, log, caused_at, started_at, moved_at, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '0')
    ON CONFLICT (rule_id, cause, object_id) DO NOTHING RETURNING id
), counted AS (
    INSERT INTO automation_rulehour (rule_id, hour, count) SELECT %s, %s::timestamptz, 1 FROM begun
    ON CONFLICT (rule_id, hour) DO UPDATE SET count = automation_rulehour.count + 1 RETURNING count
)
SELECT begun.id, counted.count FROM begun, counted
"""
_GIVEN = ("rule_id", "number", "kind", "object_id", "cause", "entry_id", "state", "log") + (
    "caused_at",
    "started_at",
    "moved_at",
)
TOO_DEEP = [{"outcome": "too_deep"}]


def fire(
    live: Live,
    record: Any,
    *,
    cause: str,
    entry: Entry | None,
    now: datetime,
    later: bool = False,
    owner: Owner | None = None,
    is_fresh: bool = False,
) -> frozenset[Row] | None:
    """Start a run and let it go as far as it comes; None where this cause was answered before.

    `later`: it goes once this is kept, by whichever worker is free; runs for one record one after the other. An entry
    that is already the 8th step of its chain of causes starts a run that is stopped: the log tells why. `owner` is the
    rule's, where it was read already; `is_fresh` says that nothing changed the record since it was read. Returns the rows
    that were changed.
    """
    too_deep = entry is not None and entry.depth >= DEEPEST_CHAIN
    state = STOPPED if too_deep else RUNNING
    run, fired = _start(live, record, cause, entry, state, now)
    if run is None:
        return None
    if fired > (limit := limit_of(live.rule, now)):
        RuleRun.objects.filter(pk=run.pk).update(
            state=STOPPED, log=[{"outcome": "too_often", "limit": limit}]
        )
        stop_rule(rule=live.rule, fired=fired, usual=limit, by=live.by)
    elif not too_deep:
        if later:
            hand_over(live.draft.kind, record.pk, now)
        else:
            by = live.by.because_of(entry.pk, entry.depth) if entry else live.by
            row = record if is_fresh else None
            return begin_run(run=run, row=row, owner=owner, entry=entry, now=now, by=by)
    return frozenset()


def _start(
    live: Live, record: Any, cause: str, entry: Entry | None, state: str, now: datetime
) -> tuple[RuleRun | None, int]:
    """The run, and how often the rule fired in this hour; no run where there was one."""
    run = RuleRun(
        rule=live.rule,
        number=live.rule.number,
        kind=live.draft.kind,
        object_id=record.pk,
        cause=cause[:80],
        entry_id=entry.pk if entry else None,
        state=state,
        waits_for="",
        attempts=0,
        log=list(TOO_DEEP) if state == STOPPED else [],
        caused_at=entry.at if entry else now,
        started_at=now,
        moved_at=now,
    )
    with connection.cursor() as sql:
        given = [json.dumps(run.log) if n == "log" else getattr(run, n) for n in _GIVEN]
        sql.execute(_START, [*given, live.rule.pk, hour_of(now)])
        row = sql.fetchone()
    if row is None:
        return None, 0
    run.pk, run._state.adding = int(row[0]), False
    run._state.db = DEFAULT_DB_ALIAS
    return run, int(row[1])
