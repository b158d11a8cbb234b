"""Answering: once, by whoever may, about what they may see."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import may_see, permit
from kinflow.records.faces import registry

from ..rules.running import go_on_at
from .access import may_answer
from .events import ApprovalGiven, ApprovalRefused
from .models import APPROVED, OPEN, REFUSED, STATES, Approval

ANSWERS = (APPROVED, REFUSED)
LONGEST = 1_000
Settle = Callable[[Approval, Any, str, Actor], None]
settlers: list[Settle] = []
"""What does what a policy let be asked, once it is answered."""


class ApprovalOver(Conflict):
    """Somebody answered already, or the time ran out."""

    code = "approval-over"


def _held(approval: Approval) -> Approval:
    rows = Approval.objects.select_for_update(of=("self",)).select_related(
        "person", "run__rule__owner", "use__policy"
    )
    return rows.get(pk=approval.pk)


def subject_of(approval: Approval) -> Any:
    """The record that it is about; None where it is gone."""
    face = registry.get(approval.kind)
    return face.model._default_manager.filter(pk=approval.object_id).first() if face else None


@action
def answer_approval(*, approval: Approval, answer: str, comment: str = "", by: Actor) -> Approval:
    """Approve or refuse; the run that waits goes on at once. Who refuses says why.

    Raises Refused for who is not asked, Invalid for what is no answer, ApprovalOver where it was answered already.
    """
    permit(by, kind="approval")
    now = timezone.now()
    _hold_first(approval, now)
    held, about = _held(approval), subject_of(approval)
    if not may_answer(by, held):
        raise Refused(_("You are not asked to answer this."), remedy=_not_asked(by, held))
    if about is not None and not may_see(by, about):
        raise Refused(_("You may not see what this is about."), remedy=_ask_them(held))
    said = comment.strip()[:LONGEST]
    if answer not in ANSWERS:
        raise Invalid(errors=[FieldError("/answer", _("Approve or refuse it."))])
    if answer == REFUSED and not said:
        raise Invalid(errors=[FieldError("/comment", _("Say in a few words why you refuse it."))])
    if held.state != OPEN:
        words = _("This was answered already: %(state)s.") % {"state": dict(STATES)[held.state]}
        raise ApprovalOver(words, remedy=_("There is nothing left to do."))
    held.state, held.answered_at = answer, now
    held.answered_by = Person.objects.filter(pk=by.person_id or 0).first()
    held.save(update_fields=["state", "answered_at", "answered_by"])
    if held.run is not None:
        event = ApprovalGiven if answer == APPROVED else ApprovalRefused
        rule = held.run.rule
        record(event(record=about or rule, person=held.person, rule=rule, comment=said))
    else:
        for settle in settlers:
            settle(held, about, said, by)
    return held


def _hold_first(approval: Approval, now: datetime) -> None:
    """What others hold before they hold the question is held first here, too, so that nobody waits in a circle.

    Of a run its moment, as a clock that lets the time run out does; of a policy the record, as whoever decides anew does.
    """
    if approval.run_id is not None:
        go_on_at(approval.run_id, now)
        return
    about = subject_of(approval)
    if about is not None:
        hold(about)


def _not_asked(by: Actor, approval: Approval) -> str:
    if by.person_id is not None and by.person_id == approval.caused_by_id:
        return _("What you did yourself, somebody else has to approve.")
    return _ask_them(approval)


def _ask_them(approval: Approval) -> str:
    return _("%(who)s is asked, or whom they report to.") % {"who": approval.person.name}
