"""What a token waits for: moments of the clock, events of the record, conditions over it."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from kinflow.automation.clock.models import Moment
from kinflow.automation.rules.triggers import Trigger
from kinflow.automation.rules.working_time import NoCalendar, due_after
from kinflow.kit.standing import asked, fetched
from kinflow.organisation.calendars.rules import NoWorkingTime
from kinflow.organisation.people.models import Person

from ..designs.plans import Node, Plan
from .models import CONDITION, ProcessInstance

TIMER, RETRY = "processes.timer", "processes.retry"


_KINDS = """
WITH RECURSIVE kinds AS (
    (SELECT event, about_kind, what FROM processes_processwait ORDER BY event, about_kind, what LIMIT 1)
    UNION ALL
    SELECT next.* FROM kinds CROSS JOIN LATERAL (
        SELECT w.event, w.about_kind, w.what FROM processes_processwait AS w
        WHERE (w.event, w.about_kind, w.what) > (kinds.event, kinds.about_kind, kinds.what)
        ORDER BY w.event, w.about_kind, w.what LIMIT 1
    ) AS next
)
SELECT what, event, about_kind FROM kinds
"""
_CONCERNED = """
SELECT wait.instance_id FROM unnest(%s::text[], %s::bigint[]) AS mentioned(kind, id)
JOIN processes_processwait AS wait ON wait.about_kind = mentioned.kind AND wait.about_id = mentioned.id
WHERE wait.event = ANY(%s::text[]) OR wait.what = %s
"""


def kinds_of_waits() -> Callable[[], list[tuple[Any, ...]]]:
    """What is waited for at all: each kind of wait with its event and the kind of record, however many wait for it.

    As `kit.standing.asked` gives answers: known when what is returned is called.

    It goes through the index from one to the next, so that millions of waits cost as little as a few.
    """
    return asked(_KINDS, [])


def waiting_for(mentions: Collection[tuple[str, int]], names: Collection[str]) -> set[int]:
    """The instances about these records that wait for one of these events, or for a condition."""
    kinds, ids = [kind for kind, _id in mentions], [pk for _kind, pk in mentions]
    return {pk for (pk,) in fetched(_CONCERNED, [kinds, ids, list(names), CONDITION])}


def waits_of(plan: Plan, node: Node) -> list[Node]:
    """What can happen to a token at a node besides its own end: events on its border, or the first of several."""
    found = [plan.nodes[border] for border in node.border]
    if node.kind == "race":
        found += [plan.nodes[plan.targets[flow]] for flow in node.out]
    return found


def next_moments(
    instance: ProcessInstance, standing: Iterable[tuple[int, Node]], plan: Plan
) -> dict[int, datetime]:
    """By token when something happens next by the clock."""
    keys = {
        key_of(instance, token, each.id): token
        for token, node in standing
        for each in (node, *waits_of(plan, node))
    }
    retries = {key_of(instance, token): token for token in keys.values()}
    rows = Moment.objects.filter(handler__in=(TIMER, RETRY), key__in=[*keys, *retries])
    found: dict[int, datetime] = {}
    for key, at in rows.order_by("-at").values_list("key", "at"):
        if at is not None:
            found[keys[key] if key in keys else retries[key]] = at
    return found


def moment_after(now: datetime, duration: Any, working_time: bool, record: Any, owner: Person) -> datetime:
    """The moment so much later; by the clock where nobody has a calendar to count working time by."""
    by_calendar = Trigger("state", held=dict(duration), calendar="owner" if working_time else "")
    try:
        return due_after(now, by_calendar, record, owner)
    except (NoCalendar, NoWorkingTime):
        return due_after(now, Trigger("state", held=dict(duration)), record, owner)


def key_of(instance: ProcessInstance, token: int, node: str = "") -> str:
    """What a moment of a token is known by: of an event of its, or of its own step."""
    return f"{instance.id}:{token}:{node}"
