"""Who makes decision tables: process owners and administrators; everybody who works here may see them."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    AGENT,
    ALL,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    accesses,
    grant,
    in_token_scope,
    may,
    scope_of,
)

KIND = "decisiontable"
CHANGE = "automation.change_table"

grant(
    KIND,
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        (
            "automation.add_table",
            CHANGE,
            "automation.put_table_live",
            "automation.take_table_off",
            "automation.remove_table",
        ): {PROCESS_OWNER: ALL},
    },
)


def sees_tables(by: Actor) -> bool:
    """Whether decision tables are for this actor's roles (and token) at all."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")


def may_change_tables(by: Actor) -> bool:
    """Whether the actor may change decision tables."""
    return may(by, CHANGE, kind=KIND)
