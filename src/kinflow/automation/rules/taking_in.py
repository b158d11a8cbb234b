"""Taking in, some at a time, the records that are there when a rule over a state is switched on; schedules begin, too."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from kinflow.conditions import to_q
from kinflow.eventlog.models import Mention
from kinflow.records.faces import registry

from ..clock import at_moment, set_moment
from .batch import can_matter
from .boundaries import timeless
from .letting_go import SCHEDULE, STATES_LOCK, TAKE_IN, let_go
from .live import Live, dependencies, live_rule
from .states import look

SOME = 200


def begin(live: Live, now: datetime) -> None:
    """Let a rule that was switched on, or says something else now, begin."""
    let_go(live.rule.pk)
    match live.draft.trigger.when:
        case "state":
            _go_on(live, 0, now)
        case "schedule":
            keep_next(live, now)


def keep_next(live: Live, now: datetime) -> None:
    """Keep when the schedule is due next."""
    zone: Any = timezone.get_current_timezone()
    at = live.draft.trigger.next_after(now, zone)
    payload = {"rule": live.rule.pk, "number": live.rule.number, "at": at.isoformat(), "after": 0}
    set_moment(SCHEDULE, str(live.rule.pk), at, payload)


def _go_on(live: Live, after: int, now: datetime) -> None:
    payload = {"rule": live.rule.pk, "number": live.rule.number, "after": after}
    set_moment(TAKE_IN, str(live.rule.pk), now, payload)


@at_moment(TAKE_IN, holding=STATES_LOCK)
def take_in(payload: Any, now: datetime) -> None:
    """Look at some records that could meet the condition: of all others an event will tell."""
    live = live_rule(payload["rule"])
    if live is None or live.rule.number != payload["number"]:
        return
    trigger, context = live.draft.trigger, live.context(now)
    could = to_q(timeless(live.draft.condition), context)
    rows = registry[live.draft.kind].model._default_manager.filter(could, pk__gt=payload["after"])
    found = list(rows.distinct().order_by("pk")[:SOME])
    told = _told_since(live, found)
    for row in found:
        if row.pk in told:
            continue
        look(live, row, now=now, since=now, quiet=not trigger.existing and not trigger.held)
    if len(found) == SOME:
        _go_on(live, found[-1].pk, now)


def _told_since(live: Live, rows: Sequence[Any]) -> set[int]:
    """The records of which the log tells something since the rule was switched on that matters: its reader looks."""
    since, kind = live.rule.switched_on_at or live.rule.changed_at, live.draft.kind
    fields = frozenset(dependencies(live.draft.condition, kind)[kind, ""])
    mentions: dict[int, list[Mention]] = {}
    for one in Mention.objects.filter(
        kind=kind, object_id__in=[r.pk for r in rows if r.changed_at >= since], entry__at__gte=since
    ).select_related("entry"):
        mentions.setdefault(one.entry_id, []).append(one)
    return {
        each.object_id
        for those in mentions.values()
        if can_matter(those[0].entry, those, kind, fields)
        for each in those
    }
