"""Answering, and asking somebody else where whoever was asked leaves."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..clock import set_moment
from ..rules.running import GO_ON
from .access import may_answer
from .asking import fitting, tell
from .events import ApprovalGiven, ApprovalHandedOn, ApprovalRefused
from .models import APPROVED, OPEN, REFUSED, STATES, Approval

ANSWERS = (APPROVED, REFUSED)
LONGEST = 1_000


class ApprovalOver(Conflict):
    """Somebody answered already, or the time ran out."""

    code = "approval-over"


def _held(approval: Approval) -> Approval:
    rows = Approval.objects.select_for_update(of=("self",)).select_related("person", "run__rule__owner")
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
    if not may_answer(by, approval):
        raise Refused(_("You are not asked to answer this."), remedy=_not_asked(by, approval))
    said = comment.strip()[:LONGEST]
    if answer not in ANSWERS:
        raise Invalid(errors=[FieldError("/answer", _("Approve or refuse it."))])
    if answer == REFUSED and not said:
        raise Invalid(errors=[FieldError("/comment", _("Say in a few words why you refuse it."))])
    now = timezone.now()
    # The moment comes first: a clock that lets the time run out holds it, and then the question, never the other way.
    set_moment(GO_ON, str(approval.run_id), now, {"run": approval.run_id})
    held = _held(approval)
    if held.state != OPEN:
        words = _("This was answered already: %(state)s.") % {"state": dict(STATES)[held.state]}
        raise ApprovalOver(words, remedy=_("There is nothing left to do."))
    held.state, held.answered_at = answer, now
    held.answered_by = Person.objects.filter(pk=by.person_id or 0).first()
    held.save(update_fields=["state", "answered_at", "answered_by"])
    event = ApprovalGiven if answer == APPROVED else ApprovalRefused
    rule = held.run.rule
    record(event(record=subject_of(held) or rule, person=held.person, rule=rule, comment=said))
    return held


def _not_asked(by: Actor, approval: Approval) -> str:
    if by.person_id is not None and by.person_id == approval.caused_by_id:
        return _("What you did yourself, somebody else has to approve.")
    return _("%(who)s is asked, or whom they report to.") % {"who": approval.person.name}


@action
def hand_on_approval(*, approval: Approval, by: Actor) -> Approval:
    """Ask the next in line instead of who leaves, at last the rule's owner; without anybody, administrators answer."""
    permit(by, kind="approval")
    held, about = _held(approval), subject_of(approval)
    if held.state != OPEN or about is None or held.person.left_on is None:
        return held
    rule, before = held.run.rule, held.person
    found = fitting(before, held.caused_by, about) or fitting(rule.owner, held.caused_by, about)
    if found is None:
        return held
    held.person = found
    held.save(update_fields=["person"])
    record(ApprovalHandedOn(record=about, person=found, before=before, rule=rule))
    tell(held, about, by, timezone.now())
    return held
