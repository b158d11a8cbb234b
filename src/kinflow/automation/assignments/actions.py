"""Assigning one item: by its scoring, by hand with a reason, handing back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kinflow.eventlog import Actor, Recorded, action, hold
from kinflow.eventlog import record as write_down
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import WorkKind, face_of

from ..criteria.people import load_people
from ..offers.offering import offer_to, settle
from ..offers.queries import asked_pairs, open_offer
from ..said import kept, said
from ..scorings.drafts import Draft
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of, scorings_for
from .cards import Card, card_of, fallen_back
from .evaluation import evaluate
from .events import AssignmentOverridden, WorkHandedBack
from .handed_back import handed_back_by
from .leftover import fallback_person, tell_left_over
from .locking import lock_assignment
from .reserved import reserved_for
from .situations import situation_of

M = TypeVar("M", bound=Model)
NEXT_BEST = gettext_noop("Taken as the next best item")


class NotOpen(Conflict):
    """The item needs no work any more."""

    code = "not-open"


class NoRoom(Conflict):
    """The person's capacity for this kind of work is used up."""

    code = "no-room"


def permit_work(by: Actor, row: Any) -> None:
    """Ask whether the actor may run this on the item; what is nobody's and no unit's is open to all who may at all."""
    if getattr(row, "owner_id", None) is None and getattr(row, "unit_id", None) is None:
        permit(by, kind=str(row._meta.model_name))
    else:
        permit(by, row)


def work_of(row: Model) -> tuple[str, WorkKind]:
    """The kind of work a record is; Invalid where it is none."""
    face = face_of(row)
    if face.work is None:
        raise Invalid(_("This is not something that is assigned to people."))
    return face.name, face.work


def is_open(row: Model) -> bool:
    """Whether the item still needs work, by the database."""
    _kind, work = work_of(row)
    return bool(type(row)._default_manager.filter(pk=row.pk, **work.open).exists())


def held_row(record: M) -> M:
    """The item as it is now, locked until the transaction ends, so that nobody else gives it to another meanwhile.

    Raises NotFound if it is gone.
    """
    assert isinstance(record, Recorded)
    return cast(M, hold(record))


def has_room(kind: str, person: Person) -> bool:
    """Whether the person can take one more item of the kind."""
    people = load_people(kind, timezone.now())
    column = people.index.get(person.pk)
    return column is not None and bool(people.room()[column] > 0)


def give_to(
    row: Model, person: Person | None, *, by: Actor, reason: str = "", card: Card | None = None
) -> None:
    """Run the kind's own assign action."""
    kind, work = work_of(row)
    work.assign(**{kind: row}, person=person, reason=reason, card=card, by=by)
    settle(row, person)


def give_or_offer(
    row: Model, person: Person, draft: Draft, scoring: Scoring, card: Card, *, now: datetime, by: Actor
) -> bool:
    """Give the item to the person, or offer it where the scoring offers and nobody has it; whether it was given."""
    if draft.offer is None or getattr(row, "owner_id", None) is not None:
        give_to(row, person, by=by, card=card)
        return True
    settle(row, None)
    offer_to(row, person, terms=draft.offer, scoring=scoring, card=card, now=now)
    return False


@action
def assign_by_scoring(
    *,
    record: Model,
    scoring: Scoring | None = None,
    without: Collection[int] = (),
    again: bool = False,
    only_eligible: bool = False,
    now: datetime | None = None,
    by: Actor,
) -> Person | None:
    """Find the person for the item by its scoring; returns who has it now: nobody yet where it is offered.

    An item that has an owner, or is offered to somebody, is left alone unless `again`; a closed one always. `scoring`
    saves looking it up; `without` are people who may not get it, beside those who handed it back or did not take it when
    it was offered. Nobody eligible: the fallback person, and a message; with `only_eligible` nothing.
    """
    kind, work = work_of(record)
    permit_work(by, record)
    lock_assignment()
    held_row(record)
    rows, situation = situation_of(kind, [record.pk], now or timezone.now(), again=again)
    row, item = rows[0], situation.items[0]
    if (item.owner_id and not again) or not is_open(row):
        return row.owner  # type: ignore[no-any-return]
    if not again and open_offer(kind, row.pk) is not None:
        return None
    scoring = scoring or scorings_for(kind, [row.pk]).get(row.pk)
    if scoring is None:
        tell_left_over(row, item, draft=None, scoring=None, fallback=None, card={})
        return None
    draft = draft_of(current_version(scoring))
    barred, asked = {*without, *handed_back_by(row)}, asked_pairs(kind, [row.pk])
    evaluation = evaluate(situation, draft, without=barred, asked=asked)
    best = next(iter(evaluation.ranked(0)), None)
    card = card_of(evaluation, 0, best, scoring)
    if best is not None:
        winner = situation.people.persons[best]
        is_given = give_or_offer(row, winner, draft, scoring, card, now=situation.now, by=by)
        return winner if is_given else None
    if only_eligible:
        return None
    reserved = reserved_for(kind, [row.pk]).get(row.pk)
    fallback = fallback_person(draft, reserved)
    if fallback is not None:
        give_to(row, fallback, by=by, card=card | fallen_back(fallback, draft))
    tell_left_over(row, item, draft=draft, scoring=scoring, fallback=fallback, card=card, reserved=reserved)
    return fallback


@action
def give(*, record: Model, person: Person, reason: str, by: Actor) -> Model:
    """Override the scoring: give the item to somebody, and say why.

    Raises Invalid without a reason, or for a person who does not work here any more; NotOpen for what is closed.
    """
    work_of(record)
    row = held_row(record)
    permit_work(by, row)
    if not reason.strip():
        raise Invalid(errors=[FieldError("/reason", _("Say why: the scoring is judged by such reasons."))])
    if person.left_on is not None and person.left_on <= timezone.localdate():
        raise Invalid(errors=[FieldError("/person", _("This person does not work here any more."))])
    if not is_open(row):
        raise NotOpen(_("It is closed: nobody needs to have it."))
    before = getattr(row, "owner", None)
    give_to(row, person, by=by, reason=reason.strip())
    _tell_override(row, person, before, reason.strip())
    return row


def _tell_override(row: Model, person: Person, before: Person | None, reason: str) -> None:
    scoring = scorings_for(str(row._meta.model_name), [row.pk]).get(row.pk)
    write_down(AssignmentOverridden(record=row, person=person, before=before, scoring=scoring, reason=reason))


@action
def hand_back(*, record: Model, reason: str, by: Actor) -> Model:
    """Give one's own item back, and say why; the next best person gets it as soon as the log is read.

    Raises Invalid without a reason, NotOpen where the item has no owner or is closed.
    """
    work_of(record)
    row = held_row(record)
    permit(by, row)
    if not reason.strip():
        raise Invalid(errors=[FieldError("/reason", _("Say why, so that the next person knows."))])
    owner = getattr(row, "owner", None)
    if owner is None or not is_open(row):
        raise NotOpen(_("It is nobody's, or closed: there is nothing to hand back."))
    give_to(row, None, by=by, reason=reason.strip())
    _tell_handed_back(row, owner, reason.strip())
    return row


def _tell_handed_back(row: Model, owner: Person, reason: str) -> None:
    write_down(WorkHandedBack(record=row, person=owner, reason=reason))


@action
def take(*, record: Model, person: Person, by: Actor) -> Model:
    """Take an item that is nobody's.

    Raises NotOpen where somebody was quicker, or it is closed; NoRoom for who is full.
    """
    kind, _work = work_of(record)
    permit(by, kind=kind)
    lock_assignment()
    row = held_row(record)
    if getattr(row, "owner_id", None) or not is_open(row):
        raise NotOpen(_("Somebody else has it already, or it is closed."))
    if person.pk != by.person_id:
        raise Invalid(_("Only for oneself."))
    offer = open_offer(kind, row.pk)
    if offer is not None and offer.person_id != person.pk:
        raise NotOpen(_("It is offered to a colleague now."), remedy=_("Take another one."))
    if offer is None and not has_room(kind, person):
        raise NoRoom(
            _("You hold as much of this work as you can take."),
            remedy=_("Finish or hand back some of it first."),
        )
    give_to(row, person, by=by, reason=kept(said(NEXT_BEST)))
    return row
