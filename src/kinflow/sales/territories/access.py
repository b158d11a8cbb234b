"""Who may look at territories as rules, plan another division, and make it so."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    ALL,
    PROCESS_OWNER,
    accesses,
    grant,
    in_token_scope,
    may,
    scope_of,
)
from kinflow.records.places import sees_kind

PROPOSE = "sales.propose_territory_plan"
APPLY, UNDO = "sales.apply_territory_plan", "sales.undo_territory_plan"

grant(
    "territoryplan",
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        PROPOSE: {PROCESS_OWNER: ALL},
        (APPLY, UNDO): {},
        ("sales.settle_accounts", "sales.settle_all"): {},
    },
)


def sees_plans(by: Actor) -> bool:
    """Whether plans are for this actor: they count all accounts."""
    return bool(scope_of(by, accesses["territoryplan"].see)) and in_token_scope(by, "territoryplan", "read")


def sees_map(by: Actor) -> bool:
    """Whether the actor sees territories and at least some accounts."""
    return sees_kind(by, "territory") and sees_kind(by, "account")


def may_plan(by: Actor) -> bool:
    """Whether the actor may ask what a change would move."""
    return may(by, PROPOSE, kind="territoryplan")
