"""Many items at once to the optimum of total points, in chunks, each one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import Invalid
from kinflow.organisation.matching import MinimumOutOfReach
from kinflow.records.faces import registry

from ..criteria.items import with_related
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of, scorings_for
from .actions import give_to, permit_work
from .cards import card_of
from .evaluation import evaluate
from .handed_back import handed_back_pairs
from .leftover import fallback_person, tell_left_over
from .locking import lock_assignment
from .sharing import share_out
from .situations import situation_for

CHUNK = 2000
Progress = Callable[[int, int], None]


class SharesOutOfReach(Invalid):
    """The minimum shares cannot all be kept."""

    code = "shares-out-of-reach"


@dataclass
class Outcome:
    """What came of a batch: ids of items by person, of items nobody was eligible for, and of those passed over."""

    given: dict[int, int] = field(default_factory=dict)
    left_over: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take the outcome of another chunk in."""
        self.given |= other.given
        self.left_over += other.left_over
        self.passed += other.passed


def assign_batch(
    kind: str,
    ids: Sequence[int],
    *,
    minimum: Mapping[int, int] | None = None,
    again: bool = False,
    progress: Progress | None = None,
    now: datetime | None = None,
    by: Actor,
) -> Outcome:
    """Give out the items of the kind with these ids; `minimum` says how many items a person must get at least.

    Closed items and, unless `again`, those that have an owner are passed over. Batches beyond `CHUNK` items go in
    chunks in the order of the ids, each to its optimum with the capacity that the ones before it left.
    """
    total, outcome = len(ids), Outcome()
    chunks = [list(ids[at : at + CHUNK]) for at in range(0, total, CHUNK)]
    for chunk in chunks:
        least = minimum if len(chunks) == 1 else None
        outcome.add(assign_many(kind=kind, ids=chunk, minimum=least, again=again, now=now, by=by))
        if progress is not None:
            progress(len(outcome.given) + len(outcome.left_over) + len(outcome.passed), total)
    return outcome


@action
def assign_many(
    *,
    kind: str,
    ids: Sequence[int],
    minimum: Mapping[int, int] | None = None,
    again: bool = False,
    only_eligible: bool = False,
    now: datetime | None = None,
    by: Actor,
) -> Outcome:
    """Give out some items in one transaction, to the optimum under what people can still take.

    With `only_eligible` what nobody gets stays as it is: no fallback, and nobody is told once more.
    """
    face = registry.get(kind)
    if face is None or face.work is None:
        raise Invalid(_("This is not something that is assigned to people."))
    lock_assignment()
    wanted = face.model._default_manager.filter(pk__in=list(ids), **face.work.open)
    rows = {r.pk: r for r in with_related(wanted if again else wanted.filter(owner=None))}
    for row in rows.values():
        permit_work(by, row)
    outcome = Outcome(passed=[i for i in ids if i not in rows])
    chosen = scorings_for(kind, list(rows))
    groups: dict[int | None, list[int]] = {}
    for pk in rows:
        groups.setdefault(chosen[pk].pk if pk in chosen else None, []).append(pk)
    for scoring_id in sorted(groups, key=lambda pk: (pk is None, pk)):
        members = [rows[pk] for pk in sorted(groups[scoring_id])]
        scoring = chosen[members[0].pk] if scoring_id is not None else None
        _give_out(
            kind, members, scoring, minimum or {}, now or timezone.now(), outcome, by, is_quiet=only_eligible
        )
    return outcome


def _give_out(
    kind: str,
    rows: list[Any],
    scoring: Scoring | None,
    minimum: Mapping[int, int],
    now: datetime,
    outcome: Outcome,
    by: Actor,
    *,
    is_quiet: bool,
) -> None:
    situation = situation_for(kind, rows, now)
    if scoring is None:
        for row, item in zip(rows, situation.items, strict=True):
            tell_left_over(
                row, item, draft=None, scoring=None, fallback=None, card={}, is_told=not outcome.left_over
            )
            outcome.left_over.append(row.pk)
        return
    draft = draft_of(current_version(scoring))
    evaluation = evaluate(situation, draft, barred=handed_back_pairs(kind, [row.pk for row in rows]))
    least = np.array([minimum.get(int(pk), 0) for pk in situation.people.ids], np.int64)
    try:
        people = share_out(evaluation, situation.people.room(), least if least.any() else None)
    except MinimumOutOfReach as error:
        raise SharesOutOfReach(
            _("The minimum shares cannot all be kept."),
            remedy=_("Lower the shares, or choose more items."),
            why=str(error),
        ) from None
    fallback = fallback_person(draft)
    for at, (row, column) in enumerate(zip(rows, people, strict=True)):
        winner = int(column) if column >= 0 else None
        card = card_of(evaluation, at, winner, scoring)
        if winner is not None:
            give_to(row, situation.people.persons[winner], by=by, card=card)
            outcome.given[row.pk] = situation.people.persons[winner].pk
            continue
        if is_quiet:
            outcome.left_over.append(row.pk)
            continue
        if fallback is not None:
            give_to(
                row, fallback, by=by, card=card | {"fallback": {"person": fallback.pk, "name": fallback.name}}
            )
        tell_left_over(
            row,
            situation.items[at],
            draft=draft,
            scoring=scoring,
            fallback=fallback,
            card=card,
            is_told=not outcome.left_over,
        )
        outcome.left_over.append(row.pk)
