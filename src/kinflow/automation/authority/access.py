"""Who makes policies and states values: process owners and administrators; everybody who works here reads them."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    AGENT,
    ALL,
    AUDITOR,
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

KIND = "policy"
CHANGE = "automation.change_policy"
_everybody = dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL)

grant(
    KIND,
    owned=False,
    see=_everybody,
    run={
        ("automation.add_policy", CHANGE, "automation.switch_policy"): {PROCESS_OWNER: ALL},
    },
)
grant(
    "companyvalue",
    owned=False,
    see=_everybody,
    run={
        ("automation.state_value", "automation.withdraw_value"): {PROCESS_OWNER: ALL},
    },
)


def sees_policies(by: Actor) -> bool:
    """Whether policies are for this actor's roles (and token) at all."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")


def may_change_policies(by: Actor) -> bool:
    """Whether the actor may change policies."""
    return may(by, CHANGE, kind=KIND)


def sees_use(by: Actor) -> bool:
    """Whether the actor may read how a policy is used: who decided how much alone is not for everybody."""
    return sees_policies(by) and bool(by.roles & {PROCESS_OWNER, TEAM_LEAD, AUDITOR, "administrator"})
