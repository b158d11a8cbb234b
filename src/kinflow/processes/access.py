"""Who sees processes, who changes them, and who sees figures of single people."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    ADMINISTRATOR,
    ALL,
    AUDITOR,
    PROCESS_OWNER,
    TEAM_LEAD,
    accesses,
    grant,
    in_token_scope,
    scope_of,
)

KIND = "process"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (
            "processes.add_process",
            "processes.change_process",
            "processes.switch_process",
            "processes.add_shipped_processes",
            "processes.dismiss_finding",
            "processes.take_up_finding",
            "processes.keep_satisfaction_model",
        ): {PROCESS_OWNER: ALL},
    },
)
_PEOPLE = {PROCESS_OWNER: ALL, ADMINISTRATOR: ALL, AUDITOR: ALL}


def sees_processes(by: Actor) -> bool:
    """Whether processes are for this actor's roles (and token) at all."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")


def may_see_people(by: Actor) -> bool:
    """Whether the actor may see what single people do; others see units only."""
    return bool(scope_of(by, _PEOPLE)) and in_token_scope(by, KIND, "read")
