"""States that hold: for each record the next moment to look at it is kept, so that nobody scans tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kinflow.eventlog.command import Row
from kinflow.eventlog.models import Entry
from kinflow.records.faces import registry

from ..clock import at_moment, drop_moment, set_moment
from .boundaries import next_flip
from .firing import fire
from .letting_go import STATE, STATES_LOCK
from .live import Live, live_rule
from .models import RuleHold
from .working_time import due_after


@dataclass(frozen=True)
class Seen:
    """Whether the state holds, and where the rule fired, the rows that were changed."""

    holds: bool
    changed: frozenset[Row] | None = None


@at_moment(STATE, holding=STATES_LOCK)
def look_again(payload: Any, now: datetime) -> None:
    """A record is due to be looked at for a rule."""
    live = live_rule(payload["rule"])
    if live is None or live.rule.number != payload["number"]:
        return
    row = registry[live.draft.kind].model._default_manager.filter(pk=payload["record"]).first()
    if row is not None:
        look(live, row, now=now, since=now)


def look(
    live: Live,
    record: Any,
    *,
    now: datetime,
    since: datetime,
    entry: Entry | None = None,
    quiet: bool = False,
    held_before: bool = True,
    later: bool = False,
) -> Seen:
    """See whether the rule's state holds for the record, fire if it has held long enough, and keep when to look next.

    `since`: when it began, if it did not hold before. `quiet`: it held before anybody watched, so it does not fire now.
    `held_before` is False where it is known not to have held; `later` leaves the run to all workers.
    """
    pk = record.pk
    if not live.holds(record, now):
        if not held_before and not live.is_timed:
            return Seen(holds=False)
        RuleHold.objects.filter(rule=live.rule, object_id=pk).delete()
        _keep(live, pk, [next_flip(live.draft.condition, record, live.context(now))])
        return Seen(holds=False)
    held, _made = RuleHold.objects.get_or_create(
        rule=live.rule, object_id=pk, defaults={"since": since, "fired_at": now if quiet else None}
    )
    wanted = [next_flip(live.draft.condition, record, live.context(now))]
    changed = None
    if held.fired_at is None:
        due = due_after(held.since, live.draft.trigger, record, live.owner)
        if due > now:
            wanted.append(due)
        else:
            held.fired_at = now
            held.save(update_fields=["fired_at"])
            cause = f"since {held.since.isoformat()}"
            changed = fire(live, record, cause=cause, entry=entry, now=now, later=later)
    _keep(live, pk, wanted)
    return Seen(holds=True, changed=changed)


def _keep(live: Live, pk: int, wanted: list[datetime | None]) -> None:
    """Keep the next moment at which the record has to be looked at, or none."""
    key = f"{live.rule.pk}:{pk}"
    at = min((moment for moment in wanted if moment is not None), default=None)
    if at is None:
        drop_moment(STATE, key)
    else:
        set_moment(STATE, key, at, {"rule": live.rule.pk, "number": live.rule.number, "record": pk})
