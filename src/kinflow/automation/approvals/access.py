"""Who may answer: whoever is asked, those they report to, and administrators; never who caused it themselves."""

from kinflow.eventlog import Actor
from kinflow.organisation.people.queries import superiors_of
from kinflow.records.access import (
    ADMINISTRATOR,
    ALL,
    AUDITOR,
    PROCESS_OWNER,
    ROLES,
    accesses,
    grant,
    in_token_scope,
    scope_of,
)

from .models import Approval

grant(
    "approval",
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        "automation.answer_approval": dict.fromkeys((role for role in ROLES if role != AUDITOR), ALL),
        "automation.hand_on_approval": {},
    },
)


def may_answer(by: Actor, approval: Approval) -> bool:
    """Whether the actor may answer it."""
    if by.kind != "person" or (by.person_id is not None and by.person_id == approval.caused_by_id):
        return False
    return ADMINISTRATOR in by.roles or by.person_id in superiors_of(approval.person)


def sees_approval(by: Actor, approval: Approval) -> bool:
    """Whether the actor may look at it: who may answer, who answered, and who sees all of them."""
    if not in_token_scope(by, "approval", "read"):
        return False
    is_theirs = by.person_id is not None and by.person_id in (approval.person_id, approval.answered_by_id)
    return is_theirs or may_answer(by, approval) or bool(scope_of(by, accesses["approval"].see))
