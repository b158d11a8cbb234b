"""Who may do what with pools, and with what lies in them."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    AGENT,
    ALL,
    MARKETER,
    OWN,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    accesses,
    grant,
    in_token_scope,
    may,
    scope_of,
)
from kinflow.records.faces import registry

from .policy import KINDS

CLAIM, PUT_BACK, TAKE_BACK = "automation.claim", "automation.put_back", "automation.take_back"
CHANGE = "automation.change_pool"

grant(
    "pool",
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        (
            "automation.add_pool",
            CHANGE,
            "automation.switch_pool",
            "automation.restore_pool",
        ): {PROCESS_OWNER: ALL},
        ("automation.let_time_pass", "automation.end_lock_out"): {},
    },
)


def extend_to_pools() -> None:
    """Grant, for the kinds of pools: claiming, putting back what is one's own, taking back what one may assign."""
    for kind in KINDS:
        face, access = registry.get(kind), accesses.get(kind)
        if face is None or access is None or face.work is None:
            continue
        assigning = access.run.get(getattr(face.work.assign, "action_name", ""), {})
        access.run[CLAIM] = {REPRESENTATIVE: OWN, AGENT: OWN, MARKETER: OWN, TEAM_LEAD: OWN, **assigning}
        access.run[PUT_BACK] = {REPRESENTATIVE: OWN, AGENT: OWN, MARKETER: OWN, TEAM_LEAD: OWN, **assigning}
        access.run[TAKE_BACK] = dict(assigning)


def sees_pools(by: Actor) -> bool:
    """Whether pools are for this actor's roles at all."""
    return bool(scope_of(by, accesses["pool"].see)) and in_token_scope(by, "pool", "read")


def may_change_pools(by: Actor) -> bool:
    """Whether the actor may change the policies of pools."""
    return may(by, CHANGE, kind="pool")
