"""A rule fires for a record because of a cause: once, however often the cause is told, and however many tell it."""

from datetime import datetime
from typing import Any

from django.db import connection

from kinflow.eventlog.actor import DEEPEST_CHAIN
from kinflow.eventlog.models import Entry

from .guard import counted, limit_of
from .live import Live
from .models import RUNNING, STOPPED, RuleRun
from .running import advance_run
from .stopping import stop_rule

_START = """
INSERT INTO automation_rulerun
    (rule_id, number, kind, object_id, cause, entry_id, state, at, log, caused_at, started_at, moved_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, '0', %s::jsonb, %s, %s, %s)
ON CONFLICT (rule_id, cause, object_id) DO NOTHING RETURNING id
"""
TOO_DEEP = '[{"outcome": "too_deep"}]'


def fire(live: Live, record: Any, *, cause: str, entry: Entry | None, now: datetime) -> RuleRun | None:
    """Start a run and let it go as far as it comes; None where this cause was answered before.

    An entry that is already the 8th step of its chain of causes starts a run that is stopped: the log tells why.
    """
    too_deep = entry is not None and entry.depth >= DEEPEST_CHAIN
    state = STOPPED if too_deep else RUNNING
    run_id = _start(live, record, cause, entry, state, now)
    if run_id is None:
        return None
    fired = counted(live.rule, now)
    if fired > (limit := limit_of(live.rule, now)):
        RuleRun.objects.filter(pk=run_id).update(
            state=STOPPED, log=[{"outcome": "too_often", "limit": limit}]
        )
        stop_rule(rule=live.rule, fired=fired, usual=limit, by=live.by)
    elif not too_deep:
        by = live.by.because_of(entry.pk, entry.depth) if entry else live.by
        advance_run(run_id=run_id, now=now, by=by)
    return RuleRun.objects.get(pk=run_id)


def _start(live: Live, record: Any, cause: str, entry: Entry | None, state: str, now: datetime) -> int | None:
    values = [
        live.rule.pk,
        live.rule.number,
        live.draft.kind,
        record.pk,
        cause[:80],
        entry.pk if entry else None,
        state,
        TOO_DEEP if state == STOPPED else "[]",
        entry.at if entry else now,
        now,
        now,
    ]
    with connection.cursor() as sql:
        sql.execute(_START, values)
        row = sql.fetchone()
    return int(row[0]) if row else None
