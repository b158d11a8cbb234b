"""Who starts, sees and corrects instances."""

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
    scope_of,
)

KIND = "processinstance"
_WORK = dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL)
_LEAD = {TEAM_LEAD: ALL, PROCESS_OWNER: ALL}

grant(
    KIND,
    owned=False,
    see=_WORK,
    run={
        (
            "processes.start_process",
            "processes.choose_way",
        ): _WORK,
        "processes.start_once": {},
        (
            "processes.skip_step",
            "processes.move_token",
            "processes.retry_step",
            "processes.cancel_process",
        ): _LEAD,
    },
)


def sees_instances(by: Actor) -> bool:
    """Whether instances are for this actor's roles (and token) at all."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")
