"""What a token waits for, kept as rows: moments of the clock, events of the record, conditions over it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kinflow.automation.clock import drop_moment, set_moment
from kinflow.automation.clock.models import Moment
from kinflow.automation.rules.triggers import Trigger
from kinflow.automation.rules.working_time import NoCalendar, due_after
from kinflow.organisation.calendars.rules import NoWorkingTime
from kinflow.organisation.people.models import Person

from ..designs.bindings import Happening, Holding
from ..designs.plans import Node, Plan
from .models import CONDITION, EVENT, ProcessInstance, ProcessWait

TIMER, RETRY = "processes.timer", "processes.retry"


def waits_of(plan: Plan, node: Node) -> list[Node]:
    """What can happen to a token at a node besides its own end: events on its border, or the first of several."""
    found = [plan.nodes[border] for border in node.border]
    if node.kind == "race":
        found += [plan.nodes[plan.targets[flow]] for flow in node.out]
    return found


def wait_until(instance: ProcessInstance, token: int, node: Node, at: datetime) -> None:
    """Let the event of the node happen at a time."""
    payload = {"instance": instance.pk, "token": token, "node": node.id}
    set_moment(TIMER, _key(instance, token, node.id), at, payload)


def wait_for(instance: ProcessInstance, token: int, node: Node, binding: Happening | Holding) -> None:
    """Let the event of the node happen with an event of the record, or when a condition holds for it."""
    wait = ProcessWait(
        instance=instance,
        token=token,
        node=node.id,
        what=EVENT if isinstance(binding, Happening) else CONDITION,
        event=binding.event if isinstance(binding, Happening) else "",
        about_kind=instance.about_kind,
        about_id=instance.about_id,
    )
    ProcessWait.objects.bulk_create(
        [wait], ignore_conflicts=True
    )  # one statement, where it waits already, too


def retry_at(instance: ProcessInstance, token: int, at: datetime) -> None:
    """Let a step that failed be tried again at a time."""
    set_moment(RETRY, _key(instance, token), at, {"instance": instance.pk, "token": token})


def drop_waits(instance: ProcessInstance, token: int, plan: Plan, node: Node, *, has_failed: bool) -> None:
    """Wait for nothing any more; only what has failed can be due to be tried again."""
    drop_events(instance, token, plan, node)
    if has_failed:
        drop_moment(RETRY, _key(instance, token))


def drop_events(instance: ProcessInstance, token: int, plan: Plan, node: Node) -> None:
    """Wait for no time, event or condition any more; what failed is tried again still."""
    awaited = (node, *waits_of(plan, node))
    drop_moment(TIMER, *(_key(instance, token, each.id) for each in awaited if each.element.event == "timer"))
    if any(each.element.event not in ("", "timer") or each.element.kind == "receiveTask" for each in awaited):
        ProcessWait.objects.filter(instance=instance, token=token).delete()


def next_moments(
    instance: ProcessInstance, standing: Iterable[tuple[int, Node]], plan: Plan
) -> dict[int, datetime]:
    """By token when something happens next by the clock."""
    keys = {
        _key(instance, token, each.id): token
        for token, node in standing
        for each in (node, *waits_of(plan, node))
    }
    retries = {_key(instance, token): token for token in keys.values()}
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


def _key(instance: ProcessInstance, token: int, node: str = "") -> str:
    return f"{instance.pk}:{token}:{node}"
