"""Who takes logs of other systems in: they name people, so those who see what single people do."""

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, accesses, grant, in_token_scope, may, scope_of

KIND = "importedlog"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        (
            "processes.give_log",
            "processes.map_log",
            "processes.start_log",
            "processes.cancel_log",
            "processes.finish_log",
            "processes.fail_log",
            "processes.remove_log",
        ): {PROCESS_OWNER: ALL},
    },
)


def sees_logs(by: Actor) -> bool:
    """Whether imported logs are for this actor's roles (and token) at all."""
    return bool(scope_of(by, accesses[KIND].see)) and in_token_scope(by, KIND, "read")


def may_give_logs(by: Actor) -> bool:
    """Whether the actor may take logs in."""
    return may(by, "processes.give_log", kind=KIND)
