"""Making the moves of a proposal in one step, and taking them back."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.organisation.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..assignments.giving_many import AT_ONCE, Gift, give_many
from ..assignments.locking import lock_assignment
from ..criteria.people import load_people
from .access import permit_people
from .events import RebalancingApplied, RebalancingUndone
from .models import NotProposed, Rebalancing, RebalancingMove


@action
def apply_rebalancing(*, rebalancing: Rebalancing, by: Actor) -> Rebalancing:
    """Make the moves, all in one command, with an assignment of its own for each item.

    What changed since the proposal is skipped and says why: somebody else has it, it is closed, who would get it has
    left or has no room any more. Raises NotProposed for what was applied before.
    """
    permit(by, rebalancing)
    lock_assignment()
    row = hold(rebalancing)
    if row.state != "proposed":
        raise NotProposed(_("These moves were made already."), remedy=_("Have new moves proposed."))
    moves = list(row.moves.select_related("before", "after", "after__unit"))
    permit_people(by, {pk for move in moves for pk in (move.before_id, move.after_id)})
    items = _judged(moves, holder=lambda move: move.before_id, receiver=lambda move: move.after)
    for kind in {move.kind for move in moves}:
        _keep_room(kind, [move for move in moves if move.kind == kind])
    now = timezone.now()
    going = [move for move in moves if not move.reason]
    _give(
        [(m, Gift(items[m.kind, m.object_id], m.before, m.after, m.card)) for m in going],
        reason=str(row),
        at=now,
    )
    _mark(going, state="done", moved_at=now)
    _mark_refused(moves, "skipped")
    row.state, row.applied_at = "applied", now
    row.save()
    record(RebalancingApplied(rebalancing=row, moved=len(going), skipped=len(moves) - len(going)))
    return row


@action
def undo_rebalancing(*, rebalancing: Rebalancing, by: Actor) -> Rebalancing:
    """Give back what was moved and nobody moved since; the rest stays and says why. Raises NotProposed."""
    permit(by, rebalancing)
    lock_assignment()
    row = hold(rebalancing)
    if row.state != "applied":
        raise NotProposed(_("Only moves that were made can be taken back."))
    moves = list(row.moves.filter(state="done").select_related("before", "after", "before__unit"))
    permit_people(by, {pk for move in moves for pk in (move.before_id, move.after_id)})
    items = _judged(moves, holder=lambda move: move.after_id, receiver=lambda move: move.before)
    for move in moves:
        item: Any = items.get((move.kind, move.object_id))
        if not move.reason and item.assigned_at != move.moved_at:
            move.reason = "moved"
    now = timezone.now()
    back = [move for move in moves if not move.reason]
    _give(
        [(m, Gift(items[m.kind, m.object_id], m.after, m.before, {})) for m in back],
        reason=str(row),
        at=now,
    )
    _mark(back, state="undone")
    _mark_refused(moves, "kept")
    row.state, row.undone_at = "undone", now
    row.save()
    record(RebalancingUndone(rebalancing=row, returned=len(back), kept=len(moves) - len(back)))
    return row


def _give(gifts: Sequence[tuple[RebalancingMove, Gift]], *, reason: str, at: datetime) -> None:
    """Each kind's items at once."""
    for kind in {move.kind for move, _gift in gifts}:
        give_many(kind, [gift for move, gift in gifts if move.kind == kind], reason=reason, at=at)


def _mark(moves: Sequence[RebalancingMove], **values: Any) -> None:
    """Keep what came of these moves, the same of all."""
    ids = [move.pk for move in moves]
    for start in range(0, len(ids), AT_ONCE):
        RebalancingMove.objects.filter(pk__in=ids[start : start + AT_ONCE]).update(**values)


def _mark_refused(moves: Sequence[RebalancingMove], state: str) -> None:
    for reason in {move.reason for move in moves if move.reason}:
        _mark([move for move in moves if move.reason == reason], state=state, reason=reason)


def _judged(
    moves: Sequence[RebalancingMove],
    *,
    holder: Callable[[RebalancingMove], int],
    receiver: Callable[[RebalancingMove], Person],
) -> dict[tuple[str, int], Any]:
    """The items as they are now, locked; `reason` of each move that cannot be made any more is filled in."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for move in moves:
        wanted[move.kind].append(move.object_id)
    items: dict[tuple[str, int], Any] = {}
    opened: set[tuple[str, int]] = set()
    today = timezone.localdate()
    for kind, ids in wanted.items():
        face = registry[kind]
        assert face.work is not None
        rows = face.model._default_manager.filter(pk__in=ids).order_by("pk")
        items.update({(kind, r.pk): r for r in rows.select_for_update(of=("self",), no_key=True)})
        still = face.model._default_manager.filter(pk__in=ids, **face.work.open).values_list("pk", flat=True)
        opened.update((kind, pk) for pk in still)
    for move in moves:
        item: Any = items.get((move.kind, move.object_id))
        person = receiver(move)
        if (move.kind, move.object_id) not in opened:
            move.reason = "closed"
        elif item.owner_id != holder(move):
            move.reason = "moved"
        elif person.left_on is not None and person.left_on <= today:
            move.reason = "left"
    return items


def _keep_room(kind: str, moves: Sequence[RebalancingMove]) -> None:
    """Drop moves, the last first, until nobody is given more than there is room for; a dropped one frees nothing."""
    people = load_people(kind, timezone.now())
    weight = people.weight or 1.0
    limit = np.where(np.isfinite(people.limit), np.floor(people.limit / weight + 1e-9), 1e9)
    held = people.held / weight
    change = np.zeros(len(people.ids))
    live = [move for move in moves if not move.reason]
    for move in live:
        change[people.index[move.after_id]] += 1
        if move.before_id in people.index:
            change[people.index[move.before_id]] -= 1
    incoming: dict[int, list[RebalancingMove]] = defaultdict(list)
    for move in live:
        incoming[people.index[move.after_id]].append(move)
    too_many = [c for c in incoming if held[c] + change[c] > limit[c]]
    while too_many:
        column = too_many.pop()
        while incoming[column] and held[column] + change[column] > limit[column]:
            move = incoming[column].pop()
            move.reason = "full"
            change[column] -= 1
            giver = people.index.get(move.before_id)
            if giver is not None:
                change[giver] += 1
                too_many.append(giver)
