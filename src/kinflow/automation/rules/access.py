"""Who may do what with rules: process owners and administrators; everybody who works here may see them."""

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

CHANGE = "automation.change_rule"

grant(
    "rule",
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        (
            "automation.add_rule",
            CHANGE,
            "automation.switch_rule",
            "automation.restore_rule",
            "automation.retry_run",
            "automation.dismiss_run",
            "automation.take_back_made",
            "automation.add_recipes",
        ): {PROCESS_OWNER: ALL},
    },
)


def sees_rules(by: Actor) -> bool:
    """Whether rules are for this actor's roles at all."""
    return bool(scope_of(by, accesses["rule"].see)) and in_token_scope(by, "rule", "read")


def may_change_rules(by: Actor) -> bool:
    """Whether the actor may change rules."""
    return may(by, CHANGE, kind="rule")
