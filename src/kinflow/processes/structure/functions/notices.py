"""Who was told by the program: notices, counted by step and person."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from kinflow.automation.notices.kinds import MENTIONED

from ...definitions.models import Process
from ...definitions.rows import MARK, picked
from ...definitions.steps import events_of, fields_of, step_key, steps_of, told_of

_QUERY = """
SELECT concat_ws(%(mark)s, e.name{values}), n.person_id, n.kind = %(mentioned)s, count(*)
FROM automation_notice AS n
JOIN eventlog_entry AS e ON e.id = n.entry_id
JOIN eventlog_mention AS m ON m.entry_id = e.id AND m.kind = %(kind)s
LEFT JOIN eventlog_mention AS a ON a.entry_id = e.id AND a.kind = 'activity'
LEFT JOIN customers_activity AS w ON w.id = a.object_id
WHERE e.name = ANY(%(events)s) GROUP BY 1, 2, 3
"""
KEPT_SECONDS = 600
_kept: dict[tuple[int, int], tuple[float, "Notices"]] = {}
_turn = threading.Lock()


@dataclass(frozen=True)
class Notices:
    """How often each person (their id as text) was called by name in a step, and how often told of it otherwise."""

    called: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)


def notices_of(process: Process) -> Notices:
    """The notices about the steps of one of our processes, counted at most ten minutes ago."""
    key = (process.pk, process.version)
    with _turn:
        at, found = _kept.get(key, (0.0, None))
    if found is None or time.monotonic() - at > KEPT_SECONDS:
        found = _counted(process)
        with _turn:
            _kept[key] = (time.monotonic(), found)
    return found


def _counted(process: Process) -> Notices:
    steps = steps_of(process.steps)
    names = fields_of(steps)
    values = {f"field{at}": name for at, name in enumerate(names)}
    query = _QUERY.format(values="".join(picked(mark, name) for mark, name in values.items()))
    given: dict[str, Any] = {
        "mark": MARK,
        "kind": process.case_kind,
        "events": events_of(steps),
        "mentioned": MENTIONED,
        **values,
    }
    found = Notices()
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        for word, person, is_called, times in cursor.fetchall():
            event, *told = word.split(MARK)
            step = step_key(told_of(steps, event, dict(zip(names, told, strict=False))))
            if step:
                (found.called if is_called else found.told)[step, str(person)] += times
    return found
