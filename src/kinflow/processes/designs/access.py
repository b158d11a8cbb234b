"""Who makes designs and puts them into operation: process owners and administrators; leads see them."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    ALL,
    PROCESS_OWNER,
    TEAM_LEAD,
    accesses,
    grant,
    in_token_scope,
    may,
    scope_of,
)

KIND = "processdesign"
CHANGE = "processes.change_design"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (
            "processes.add_design",
            "processes.add_shipped_design",
            CHANGE,
            "processes.rename_design",
            "processes.put_into_operation",
            "processes.take_off",
            "processes.remove_design",
            "processes.make_design",
            "processes.undo_redesign",
        ): {PROCESS_OWNER: ALL},
    },
)


def sees_designs(by: Actor) -> bool:
    """Whether designs are for this actor's roles (and token) at all."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")


def may_change_designs(by: Actor) -> bool:
    """Whether the actor may change designs."""
    return may(by, CHANGE, kind=KIND)
