"""Who may answer: whoever is asked, those they report to, and administrators; never who caused it themselves."""

from kinflow.eventlog import Actor
from kinflow.organisation.people.queries import superiors_of
from kinflow.records.access import (
    ADMINISTRATOR,
    ALL,
    AUDITOR,
    ROLES,
    grant,
    in_token_scope,
)

from .models import Approval

grant(
    "approval",
    owned=False,
    see={},
    run={
        ("automation.answer_approval", "automation.withdraw_question"): dict.fromkeys(
            (role for role in ROLES if role != AUDITOR), ALL
        ),
    },
)


def reads_approvals(by: Actor) -> bool:
    """Whether the token, if the actor came with one, is for reading approvals."""
    return in_token_scope(by, "approval", "read")


def may_answer(by: Actor, approval: Approval) -> bool:
    """Whether the actor may answer it."""
    if by.kind != "person" or (by.person_id is not None and by.person_id == approval.caused_by_id):
        return False
    return ADMINISTRATOR in by.roles or by.person_id in superiors_of(approval.person)


def has_asked(by: Actor, approval: Approval) -> bool:
    """Whether a policy had the actor ask it: they know what it says, and may take it back.

    Who only caused what a rule asks does not: the rule's words are for whom it asks.
    """
    return (
        by.kind == "person"
        and by.person_id is not None
        and approval.use_id is not None
        and by.person_id == approval.caused_by_id
    )


def sees_approval(by: Actor, approval: Approval) -> bool:
    """Whether the actor may look at it: who asked it, may answer, or answered; others may not read all of it."""
    if not reads_approvals(by):
        return False
    if has_asked(by, approval):
        return True
    is_theirs = by.person_id is not None and by.person_id in (approval.person_id, approval.answered_by_id)
    return is_theirs or may_answer(by, approval)
