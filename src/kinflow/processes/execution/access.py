"""Who sees all instances, starts and corrects them; others see those of records that they may see."""

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

KIND = "processinstance"
START = "processes.start_process"
_WORK = dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL)
_LEAD = {TEAM_LEAD: ALL, PROCESS_OWNER: ALL}

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        (START, "processes.place_record", "processes.choose_way"): _WORK,
        ("processes.start_once", "processes.start_by_trigger", "processes.end_shadow"): {},
        (
            "processes.skip_step",
            "processes.move_token",
            "processes.retry_step",
            "processes.cancel_process",
        ): _LEAD,
    },
)


def sees_all_instances(by: Actor) -> bool:
    """Whether the actor sees the instances of all records."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")


def may_start(by: Actor) -> bool:
    """Whether the actor may start processes, for records that they see."""
    return may(by, START, kind=KIND)
