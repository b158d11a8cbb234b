"""Following the log: what became of each scoring's decisions is kept, and weeks are counted when they are over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import Reader, readers
from kinflow.records.faces import registry

from ..assignments.events import AssignmentOverridden, WorkHandedBack, WorkLeftOver
from ..assignments.past import assigned_event
from ..clock import at_moment, set_moment
from .models import GIVEN, HANDED_BACK, LEFT, OVERRIDDEN, ScoringOutcome
from .weeks import count_week, end_of, week_of

NAME, COUNT = "automation.scoring_reports", "automation.count_scoring_week"
DECIDED = {WorkLeftOver.name: LEFT, AssignmentOverridden.name: OVERRIDDEN, WorkHandedBack.name: HANDED_BACK}
NOT_DECIDED = ("automation.apply_rebalancing", "automation.undo_rebalancing")
"""Commands whose assignments are counted on their own pages."""
Item = tuple[str, int]


def take_in(entries: Sequence[Entry]) -> None:
    """Keep what the entries tell of scorings; an entry that is known already changes nothing."""
    prefetch_related_objects(list(entries), "mentions")
    last = _last_given(item for e in entries if e.name in (AssignmentOverridden.name, WorkHandedBack.name)
                       if (item := _item(e)) is not None)  # fmt: skip
    rows = []
    for entry in entries:
        row = _outcome(entry, last)
        if row is None:
            continue
        rows.append(row)
        if row.what == GIVEN:
            last[row.kind, row.object_id] = row
    ScoringOutcome.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    for scoring_id, week in {(row.scoring_id, week_of(row.at)) for row in rows if row.what == GIVEN}:
        at = max(end_of(week), timezone.now())
        set_moment(COUNT, f"{scoring_id}:{week}", at, {"scoring": scoring_id, "week": week.isoformat()})


def _take_in_one(entry: Entry) -> None:
    """Keep what one entry tells."""
    take_in([entry])


follow = readers.setdefault(NAME, Reader(NAME, from_start=True, together=take_in))


@at_moment(COUNT)
def count(payload: Mapping[str, Any], now: datetime) -> None:
    """A week is over: what was possible in it is counted."""
    count_week(payload["scoring"], date.fromisoformat(payload["week"]))


def _item(entry: Entry) -> Item | None:
    """The item an entry is about."""
    for mention in entry.mentioned:
        face = registry.get(mention.kind)
        if face is not None and face.work is not None and mention.role in (mention.kind, "record"):
            return mention.kind, mention.object_id
    return None


def _named(entry: Entry, role: str) -> int | None:
    return next((m.object_id for m in entry.mentioned if m.role == role), None)


def _outcome(entry: Entry, last: Mapping[Item, ScoringOutcome]) -> ScoringOutcome | None:
    item, what = _item(entry), DECIDED.get(entry.name, GIVEN)
    if item is None:
        return None
    row = ScoringOutcome(
        entry_id=entry.pk,
        at=entry.at,
        what=what,
        kind=item[0],
        object_id=item[1],
        person_id=_named(entry, "fallback" if what == LEFT else "person"),
    )
    filled = _given(row, entry) if what == GIVEN else _decided(row, entry, last.get(item))
    return row if filled else None


def _given(row: ScoringOutcome, entry: Entry) -> bool:
    """Fill in what a score card tells; False where the assignment was no scoring's."""
    card = entry.data.get("card") or {}
    winner, scoring = card.get("winner"), card.get("scoring") or {}
    if not winner or winner["person"] != row.person_id or "id" not in scoring or entry.command in NOT_DECIDED:
        return False
    row.scoring_id, row.points = scoring["id"], winner["total"]
    row.candidates = [[one["person"], one["total"]] for one in (winner, *card.get("others", ()))]
    row.best = max(total for _person, total in row.candidates)
    return True


def _decided(row: ScoringOutcome, entry: Entry, before: ScoringOutcome | None) -> bool:
    """Fill in what was decided about an item; False where no scoring had to do with it."""
    scoring_id = _named(entry, "scoring") or (before.scoring_id if before else None)
    if scoring_id is None:
        return False
    row.scoring_id = scoring_id
    if row.what == LEFT:
        reasons = entry.data.get("reasons") or {}
        row.reason = max(reasons, key=lambda name: reasons[name], default="")[:60]
    if entry.actor_kind == "person" and entry.actor_id.isdecimal():
        row.by_id = int(entry.actor_id)
    if row.what == OVERRIDDEN and before is not None and before.scoring_id == scoring_id:
        points: dict[int, float] = dict(before.candidates)
        row.points = points.get(row.person_id or 0)
        row.best = before.best if row.points is not None else None
    return True


def _last_given(items: Iterable[Item]) -> dict[Item, ScoringOutcome]:
    """The last assignment by a scoring of each item: one query for each kind."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in items:
        wanted.setdefault(kind, set()).add(pk)
    if not wanted:
        return {}
    about = Q()
    for kind, ids in wanted.items():
        about |= Q(kind=kind, object_id__in=ids)
    rows = ScoringOutcome.objects.filter(about, what=GIVEN).order_by("entry_id")
    return {(row.kind, row.object_id): row for row in rows}


def follow_scorings() -> None:
    """Follow what is given out, left over, overridden and handed back, of every kind of work."""
    names = {assigned_event(face.name) for face in registry.values() if face.work is not None}
    follow.on(*sorted((names | set(DECIDED)) - set(follow.handlers)))(_take_in_one)
