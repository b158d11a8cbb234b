"""Many items at once to the optimum of total points, in chunks, each one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.matching import MinimumOutOfReach
from kinflow.records.faces import registry

from ..criteria.items import items_of, with_related
from ..criteria.people import People, load_people
from ..criteria.situation import Situation
from ..offers.queries import asked_pairs, on_offer
from ..scorings.drafts import Draft
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of, scorings_for
from .actions import give_or_offer, give_to, permit_work
from .cards import card_of, fallen_back
from .evaluation import Evaluation, evaluate
from .handed_back import handed_back_pairs
from .leftover import fallback_person, tell_left_over
from .locking import lock_assignment
from .reserved import reserved_for
from .sharing import share_out
from .situations import free_of

CHUNK = 2000
Progress = Callable[[int, int], None]


class SharesOutOfReach(Invalid):
    """The minimum shares cannot all be kept."""

    code = "shares-out-of-reach"


@dataclass
class Outcome:
    """What came of a batch: ids of items by person, of items nobody was eligible for, and of those passed over.

    `offered` are those whose scoring offers: the person has them only when they accept.
    """

    given: dict[int, int] = field(default_factory=dict)
    offered: dict[int, int] = field(default_factory=dict)
    left_over: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take the outcome of another chunk in."""
        self.given |= other.given
        self.offered |= other.offered
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
    chunks in the order of the ids, each to its optimum with the capacity that the ones before it left; minimum shares
    need one chunk, and are refused beyond it.
    """
    total, outcome = len(ids), Outcome()
    if minimum and total > CHUNK:
        told = _("Minimum shares can be kept for at most %(most)d items at once.") % {"most": CHUNK}
        raise Invalid(errors=[FieldError("/minimum", told)], remedy=_("Give out fewer items at once."))
    for chunk in [list(ids[at : at + CHUNK]) for at in range(0, total, CHUNK)]:
        outcome.add(assign_many(kind=kind, ids=chunk, minimum=minimum, again=again, now=now, by=by))
        if progress is not None:
            done = (outcome.given, outcome.offered, outcome.left_over, outcome.passed)
            progress(sum(len(part) for part in done), total)
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

    Items that follow different scorings are given out together: capacities and minimum shares hold for all of them.
    With `only_eligible` what nobody gets stays as it is: no fallback, and nobody is told once more.
    Raises Invalid for minimum shares that mean nothing, SharesOutOfReach for those that cannot be kept.
    """
    face = registry.get(kind)
    if face is None or face.work is None:
        raise Invalid(_("This is not something that is assigned to people."))
    lock_assignment()
    wanted = face.model._default_manager.filter(pk__in=list(ids), **face.work.open)
    found = wanted if again else wanted.filter(owner=None).exclude(on_offer(kind))
    rows = {r.pk: r for r in with_related(found.select_for_update(of=("self",), no_key=True).order_by("pk"))}
    for row in rows.values():
        permit_work(by, row)
    outcome = Outcome(passed=[i for i in ids if i not in rows])
    groups = _groups(kind, rows, now or timezone.now(), again=again)
    shared = [group for group in groups if group.evaluation is not None]
    columns = _shared_out(shared, minimum or {})
    for group in groups:
        if group.evaluation is None:
            _leave(group, outcome)
        else:
            _give_out(group, columns[: len(group.rows)], outcome, by, is_quiet=only_eligible)
            columns = columns[len(group.rows) :]
    return outcome


@dataclass(frozen=True)
class _Group:
    """The items that follow one scoring, with everybody's points for them; without one there are none."""

    rows: list[Any]
    situation: Situation
    scoring: Scoring | None = None
    draft: Draft | None = None
    evaluation: Evaluation | None = None


def _groups(kind: str, rows: Mapping[int, Any], now: datetime, *, again: bool) -> list[_Group]:
    chosen = scorings_for(kind, list(rows))
    members: dict[int | None, list[Any]] = {}
    for pk in sorted(rows):
        members.setdefault(chosen[pk].pk if pk in chosen else None, []).append(rows[pk])
    barred, asked = handed_back_pairs(kind, list(rows)), asked_pairs(kind, list(rows))
    people = load_people(kind, now)
    if again:
        people = free_of(people, items_of(kind, list(rows.values())))
    made = []
    for key in sorted(members, key=lambda pk: (pk is None, pk)):
        own = members[key]
        situation = Situation(kind, now, items_of(kind, own), people)
        if key is None:
            made.append(_Group(own, situation))
            continue
        scoring = chosen[own[0].pk]
        draft = draft_of(current_version(scoring))
        evaluation = evaluate(situation, draft, barred=barred, asked=asked)
        made.append(_Group(own, situation, scoring, draft, evaluation))
    return made


def _shared_out(groups: Sequence[_Group], minimum: Mapping[int, int]) -> NDArray[np.int64]:
    """The column of the person for each item of all groups, one after the other."""
    if not groups:
        if minimum:
            raise SharesOutOfReach(_("The minimum shares cannot all be kept."))
        return np.zeros(0, np.int64)
    people = groups[0].situation.people
    least = _least(people, minimum)
    try:
        return share_out([g.evaluation for g in groups if g.evaluation], people.room(), least)
    except MinimumOutOfReach as error:
        raise SharesOutOfReach(
            _("The minimum shares cannot all be kept."),
            remedy=_("Lower the shares, or choose more items."),
            why=str(error),
        ) from None


def _least(people: People, minimum: Mapping[int, int]) -> NDArray[np.int64] | None:
    """The minimum shares by column. Raises Invalid naming each that is for nobody here, or no share."""
    errors = []
    for person_id, share in minimum.items():
        if person_id not in people.index:
            errors.append(FieldError(f"/minimum/{person_id}", _("Nobody who works here has this number.")))
        elif not 0 <= share <= CHUNK:
            told = _("Give a number from %(low)s to %(high)s.") % {"low": 0, "high": CHUNK}
            errors.append(FieldError(f"/minimum/{person_id}", told))
    if errors:
        raise Invalid(errors=errors)
    least = np.array([minimum.get(int(pk), 0) for pk in people.ids], np.int64)
    return least if least.any() else None


def _leave(group: _Group, outcome: Outcome) -> None:
    """What follows no scoring waits, and team leads are told of the first."""
    for row, item in zip(group.rows, group.situation.items, strict=True):
        tell_left_over(
            row, item, draft=None, scoring=None, fallback=None, card={}, is_told=not outcome.left_over
        )
        outcome.left_over.append(row.pk)


def _give_out(
    group: _Group, columns: NDArray[np.int64], outcome: Outcome, by: Actor, *, is_quiet: bool
) -> None:
    evaluation, scoring, draft = group.evaluation, group.scoring, group.draft
    assert evaluation is not None
    assert scoring is not None
    assert draft is not None
    persons = group.situation.people.persons
    reserved = reserved_for(group.situation.kind, [row.pk for row in group.rows])
    for at, (row, column) in enumerate(zip(group.rows, columns, strict=True)):
        winner = int(column) if column >= 0 else None
        if winner is not None:
            card = card_of(evaluation, at, winner, scoring)
            now = group.situation.now
            is_given = give_or_offer(row, persons[winner], draft, scoring, card, now=now, by=by)
            (outcome.given if is_given else outcome.offered)[row.pk] = persons[winner].pk
            continue
        if not is_quiet:
            card, only = card_of(evaluation, at, None, scoring), reserved.get(row.pk)
            fallback = fallback_person(draft, only)
            if fallback is not None:
                give_to(row, fallback, by=by, card=card | fallen_back(fallback, draft))
            tell_left_over(
                row,
                group.situation.items[at],
                draft=draft,
                scoring=scoring,
                fallback=fallback,
                card=card,
                reserved=only,
                is_told=not outcome.left_over,
            )
        outcome.left_over.append(row.pk)
