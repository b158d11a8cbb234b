"""A draft tried on the past: for which records it would have fired, and step by step on one; nothing is changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import to_q
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry, Mention
from kinflow.kit.problem import NotFound, Problem
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import visible
from kinflow.records.faces import registry

from ..parameters import parameters_of
from ..steps import Doing
from .boundaries import depends_on_time, flips, timeless
from .live import Live, rule_actor
from .plans import Planned
from .working_time import due_after

DAYS, MOST_ENTRIES, MOST_RECORDS, SHOWN = 30, 20_000, 3_000, 50


@dataclass(frozen=True)
class Tried:
    """How often a draft would have fired in the last days, the newest times with their records, and how many match now.

    `cut` says that not all of the past was looked at.
    """

    fired: int
    times: list[tuple[datetime, Any]]
    cut: bool
    days: int = DAYS


def matching(live: Live, by: Actor, now: datetime, most: int = 1_000) -> int:
    """How many records meet the condition now, counted up to `most` and one."""
    rows = visible(by, registry[live.draft.kind].model._default_manager.all())
    found = rows.filter(to_q(live.draft.condition, live.context(now))).order_by().values("pk").distinct()
    return int(found[: most + 1].count())


def tried(live: Live, by: Actor, now: datetime) -> Tried:
    """What the draft would have done in the last days, with the records as they are now."""
    since = now - timedelta(days=DAYS)
    match live.draft.trigger.when:
        case "event":
            return _on_events(live, by, since, now)
        case "state":
            return _on_states(live, by, since, now)
        case _:
            return _on_schedule(live, by, since, now)


def _rows(live: Live, by: Actor) -> Any:
    return visible(by, registry[live.draft.kind].model._default_manager.all())


def _on_events(live: Live, by: Actor, since: datetime, now: datetime) -> Tried:
    entries = Entry.objects.filter(name__in=live.draft.trigger.events, at__gte=since).order_by("-id")
    for name, value in live.draft.trigger.data.items():
        entries = entries.filter(**{f"data__{name}": int(value) if value.isdecimal() else value})
    at_of = dict(entries.values_list("pk", "at")[: MOST_ENTRIES + 1])
    cut = len(at_of) > MOST_ENTRIES
    pairs = Mention.objects.filter(kind=live.draft.kind, entry_id__in=list(at_of)).values_list(
        "entry_id", "object_id"
    )
    found = sorted(set(pairs), reverse=True)
    meets = _meeting(live, by, {pk for _entry, pk in found}, now)
    hits = [(at_of[entry_id], pk) for entry_id, pk in found if pk in meets]
    return Tried(len(hits), _shown(live, hits), cut)


def _meeting(live: Live, by: Actor, ids: set[int], now: datetime) -> set[int]:
    rows = _rows(live, by).filter(to_q(live.draft.condition, live.context(now)), pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _on_states(live: Live, by: Actor, since: datetime, now: datetime) -> Tried:
    wider = timeless(live.draft.condition)
    rows = _rows(live, by).filter(to_q(wider, live.context(now)))
    if not depends_on_time(live.draft.condition):
        rows = rows.filter(Q(changed_at__gte=since))
    found = list(rows.distinct().order_by("-pk")[: MOST_RECORDS + 1])
    hits = sorted(
        ((at, row.pk) for row in found[:MOST_RECORDS] for at in _firings(live, row, since, now)), reverse=True
    )
    return Tried(len(hits), _shown(live, hits), len(found) > MOST_RECORDS)


def _firings(live: Live, row: Any, since: datetime, now: datetime) -> Iterator[datetime]:
    """When the state would have fired for the record, were it all the time as it is now since it was last changed."""
    begin = max(since, min(row.changed_at, now)) if not depends_on_time(live.draft.condition) else since
    begin = max(begin, row.created_at)
    moments = {at for at in flips(live.draft.condition, row, live.context(now)) if begin < at <= now}
    held_since: datetime | None = None
    is_first = begin <= since
    for at in sorted({begin, *moments}):
        holds = live.holds(row, at)
        if holds and held_since is None:
            held_since = at
            due = due_after(at, live.draft.trigger, row, live.owner)
            ends = min((m for m in moments if m > at and not live.holds(row, m)), default=None)
            if due <= now and (ends is None or due < ends) and not (is_first and at == begin):
                yield due
        elif not holds:
            held_since = None


def _on_schedule(live: Live, by: Actor, since: datetime, now: datetime) -> Tried:
    zone: Any = timezone.get_current_timezone()
    at, fired = since, 0
    hits: list[tuple[datetime, int]] = []
    while (at := live.draft.trigger.next_after(at, zone)) <= now:
        rows = _rows(live, by).filter(to_q(live.draft.condition, live.context(at)), created_at__lte=at)
        ids = list(rows.distinct().order_by("-pk").values_list("pk", flat=True)[:MOST_RECORDS])
        fired += len(ids)
        hits = [(at, pk) for pk in ids[:SHOWN]] + hits[:SHOWN]
    return Tried(fired, _shown(live, hits), False)


def _shown(live: Live, hits: list[tuple[datetime, int]]) -> list[tuple[datetime, Any]]:
    rows = registry[live.draft.kind].model._default_manager.in_bulk([pk for _at, pk in hits[:SHOWN]])
    return [(at, rows[pk]) for at, pk in hits[:SHOWN] if pk in rows]


@dataclass(frozen=True)
class Told:
    """One step of a trial: what it is, what it would do, or why it could not."""

    path: str
    words: str
    would: str
    fault: str = ""


def step_by_step(live: Live, pk: int, by: Actor, now: datetime) -> tuple[Any, bool, list[Told]]:
    """The record, whether it meets the condition, and what each step would do with it. Raises NotFound."""
    row = _rows(live, by).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("There is no such record."))
    mention = (
        Mention.objects.filter(kind=live.draft.kind, object_id=pk, entry__name__in=live.draft.trigger.events)
        .order_by("-entry_id")
        .first()
    )
    entry = Entry.objects.filter(pk=mention.entry_id).first() if mention else None
    doing = Doing(
        record=row,
        kind=live.draft.kind,
        entry=entry,
        event=dict(entry.data) if entry else {},
        rule=live.rule,
        by=rule_actor(live.rule, live.rule.number),
        owner=actor_of_person(live.owner),
        now=now,
        key="trial",
        context=live.context(now),
    )
    return row, live.holds(row, now), list(_tell(live.draft.steps, doing))


def _tell(plan: tuple[Planned, ...], doing: Doing) -> Iterator[Told]:
    for one in plan:
        words = one.step.words(doing.kind)
        try:
            yield Told(one.path, words, one.step.would(doing))
        except Problem as problem:
            yield Told(one.path, words, "", f"{problem} {problem.remedy}".strip())
        labels = {p.name: p.label for p in parameters_of(type(one.step))}
        for name, inner in one.inner.items():
            if not hasattr(one.step, "goes"):
                yield from (
                    replace(told, words=f"{labels[name]}: {told.words}") for told in _tell(inner, doing)
                )
            elif one.step.goes(doing) == name:
                yield from _tell(inner, doing)
