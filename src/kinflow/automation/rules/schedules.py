"""Schedules: at its time a rule acts on all records that meet its condition, some at a time."""

from datetime import datetime
from typing import Any

from kinflow.conditions import to_q
from kinflow.records.faces import registry

from ..clock import at_moment, set_moment
from .firing import fire
from .letting_go import SCHEDULE
from .live import live_rule
from .taking_in import keep_next

SOME = 100


@at_moment(SCHEDULE)
def act(payload: Any, now: datetime) -> None:
    """Act on some records; what is left goes on by a moment of its own."""
    live = live_rule(payload["rule"])
    if live is None or live.rule.number != payload["number"]:
        return
    if not payload["after"]:
        keep_next(live, now)
    at = datetime.fromisoformat(payload["at"])
    rows = registry[live.draft.kind].model._default_manager.filter(
        to_q(live.draft.condition, live.context(at)), pk__gt=payload["after"]
    )
    found = list(rows.distinct().order_by("pk")[:SOME])
    for row in found:
        fire(live, row, cause=f"at {payload['at']}", entry=None, now=now)
    if len(found) == SOME:
        more = {**payload, "after": found[-1].pk}
        set_moment(SCHEDULE, f"{live.rule.pk}:{payload['at']}", now, more)
