"""Steps that a process could have: what the log really tells of a kind's records, with how often, and names for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from kinflow.eventlog.event import registry

from .models import Process
from .rows import MARK, picked
from .shipped_steps import FINISHED, STARTED
from .steps import Step, steps_of

NEWEST = 200_000
"""So many mentions of the kind's newest records are looked at."""
TOPIC = "topic"
_QUERY = """
SELECT told, count(*) FROM (
    SELECT concat_ws(%(mark)s, e.name{values}) AS told
    FROM (SELECT entry_id FROM eventlog_mention WHERE kind = %(kind)s ORDER BY object_id DESC LIMIT %(newest)s) AS m
    JOIN eventlog_entry AS e ON e.id = m.entry_id
    LEFT JOIN eventlog_mention AS a ON a.entry_id = e.id AND a.kind = 'activity'
    LEFT JOIN customers_activity AS w ON w.id = a.object_id
) AS found GROUP BY told ORDER BY count(*) DESC, told
"""


@dataclass(frozen=True)
class Candidate:
    """A step (as a process keeps it) with how often it happened to the newest records of the kind."""

    step: Mapping[str, Any]
    count: int
    is_known: bool
    """Whether it is a step of the process that is copied or changed."""


def candidates(kind: str, own: Sequence[Mapping[str, Any]] = ()) -> list[Candidate]:
    """The steps that a process over records of this kind could have: its own ones first, then by how often.

    Events that belong to a step of another process with cases of this kind are told as there; activities of a topic
    can be told apart where only their kind is.
    """
    others = [step for row in Process.objects.filter(case_kind=kind) for step in row.steps]
    known = {step["key"]: step for step in reversed([*own, *others])}
    steps = sorted(
        steps_of([*own, *(s for k, s in known.items() if k not in {o["key"] for o in own})]), key=_special
    )
    mine, counts = {step["key"] for step in own}, dict.fromkeys((step.key for step in steps), 0)
    fresh: dict[str, list[Any]] = {}
    for event, values, count in _told(kind, steps):
        step = next((each for each in steps if each.fits(event, values)), None)
        if step is not None:
            counts[step.key] += count
        is_coarse = step is not None and set(step.where) == {"kind"} and bool(values.get(TOPIC))
        if (step is None or is_coarse) and event in registry and event != STARTED:
            new = _new(event, values.get(TOPIC, ""))
            fresh.setdefault(new["key"], [new, 0])[1] += count
    listed = [Candidate(asdict(step), counts[step.key], step.key in mine) for step in steps]
    listed += [Candidate(step, count, False) for step, count in fresh.values()]
    there = [each for each in listed if each.is_known or each.count]
    order = {step["key"]: at for at, step in enumerate(own)}
    return sorted(there, key=lambda each: (order.get(each.step["key"], len(order)), -each.count))


def _special(step: Step) -> tuple[int, bool]:
    """The more special of two steps comes first: one told by more fields, one told by more than a kind of activity."""
    return -len(step.where), set(step.where) == {"kind"}


def _told(kind: str, steps: Sequence[Step]) -> list[tuple[str, dict[str, str], int]]:
    """Events that mention the kind's newest records, by the values that tell steps apart, with how often."""
    names = sorted({name for step in steps for name in step.where} | {TOPIC})
    values = {f"field{at}": name for at, name in enumerate(names)}
    query = _QUERY.format(values="".join(picked(mark, name) for mark, name in values.items()))
    with connection.cursor() as sql:
        sql.execute(query, {"kind": kind, "newest": NEWEST, "mark": MARK, **values})
        rows = sql.fetchall()
    found = []
    for told, count in rows:
        event, *own = str(told).split(MARK)
        found.append((event, dict(zip(names, own, strict=False)), int(count)))
    return found


def _new(event: str, topic: str) -> dict[str, Any]:
    """A step for an event that no process has a step for, perhaps for activities of one topic."""
    is_work = bool(topic) and event.startswith("customers.activity_")
    words = registry[event].__name__
    name = (
        topic.replace("_", " ").capitalize()
        if is_work
        else re.sub(r"(?<!^)(?=[A-Z])", " ", words).capitalize()
    )
    return asdict(
        Step(
            key=re.sub(r"[^A-Za-z0-9_.:-]", "-", f"{event}:{topic}" if is_work else event)[:120],
            event=event,
            name=name,
            where={TOPIC: topic} if is_work else {},
            begins=STARTED if event == FINISHED else "",
            detail="result" if event == FINISHED else "",
        )
    )
