"""The API of approvals: what I am asked, and answering."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.api.shapes import Strict

from .access import reads_approvals
from .answering import answer_approval
from .models import OPEN
from .pages import approval_at
from .showing import Asked, answered_by, asked_below, asked_by, asked_of, shown

router = Router(tags=["approvals"])


class ApprovalOut(Schema):
    """A question of a rule, or of a policy; state: open, approved, refused, unanswered or withdrawn.

    The question is given by language, and empty for whoever may not see the record.
    """

    id: int
    kind: str
    record: int
    rule: int | None
    run: int | None
    policy: int | None
    question: dict[str, str]
    person: int
    asked_at: datetime
    due_at: datetime | None
    state: str
    answered_by: int | None
    answered_at: datetime | None


class AnswerIn(Strict):
    """approved or refused; who refuses says why."""

    answer: str
    comment: str = ""


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def told(asked: Asked) -> dict[str, Any]:
    """One question as the API answers it."""
    one = asked.approval
    return {
        "id": one.pk,
        "kind": one.kind,
        "record": one.object_id,
        "rule": one.run.rule_id if one.run else None,
        "run": one.run_id,
        "policy": one.use.policy_id if one.use else None,
        "question": one.question if asked.row is not None else {},
        "person": one.person_id,
        "asked_at": one.asked_at,
        "due_at": one.due_at,
        "state": one.state,
        "answered_by": one.answered_by_id,
        "answered_at": one.answered_at,
    }


@router.get("", response=list[ApprovalOut], summary="What I may approve")
def list_approvals(request: HttpRequest, state: str = OPEN, own: bool = False) -> list[dict[str, Any]]:
    """What the caller is asked, then what those are asked who report to them; any other state: what they answered.

    `own`: what policies had the caller ask, in this state (all where it is empty).
    """
    by = _by(request)
    if not reads_approvals(by):
        raise Refused(_("This token is not for reading approvals."))
    if own:
        rows = asked_by(by)
    else:
        rows = [*asked_of(by), *asked_below(by)] if state == OPEN else answered_by(by)
    return [told(one) for one in rows if one.approval.state == state or not state]


@router.get("/{int:pk}", response=ApprovalOut, summary="One approval")
def get_approval(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What is asked, and how it was answered."""
    by = _by(request)
    return told(shown([approval_at(by, pk)], by)[0])


@router.post("/{int:pk}/answer", response=ApprovalOut, summary="Approve or refuse")
def post_answer(request: HttpRequest, pk: int, given: AnswerIn) -> dict[str, Any]:
    """The run that waits goes on at once; what a policy let be asked is done."""
    by = _by(request)
    held = answer_approval(approval=approval_at(by, pk), answer=given.answer, comment=given.comment, by=by)
    return told(shown([held], by)[0])
