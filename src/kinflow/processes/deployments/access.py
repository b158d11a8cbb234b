"""Who lets versions go live and takes them back: process owners; leads see how they go."""

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant, may

KIND = "deployment"
DEPLOY = "processes.deploy"
MOVE = "processes.move_instances"
EXPECT = "processes.expect_benefit"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (
            DEPLOY,
            "processes.give_to_all",
            "processes.return_deployment",
            "processes.switch_guards",
            EXPECT,
            MOVE,
        ): {PROCESS_OWNER: ALL},
        "processes.check_guards": {},
    },
)


def may_deploy(by: Actor) -> bool:
    """Whether the actor may let versions go live and move instances."""
    return may(by, DEPLOY, kind=KIND)
