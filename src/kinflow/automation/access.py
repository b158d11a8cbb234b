"""Who may do what with scorings and with the assignment of work."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    AGENT,
    ALL,
    MARKETER,
    OWN,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    accesses,
    grant,
    scope_of,
)
from kinflow.records.faces import registry

grant(
    "scoring",
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        (
            "automation.add_scoring",
            "automation.change_scoring",
            "automation.switch_scoring",
            "automation.restore_scoring",
            "automation.add_shipped_scorings",
        ): {PROCESS_OWNER: ALL},
    },
)


def sees_scorings(by: Actor) -> bool:
    """Whether scorings are for this actor's roles at all."""
    return bool(scope_of(by, accesses["scoring"].see))


HAND_BACK = "automation.hand_back"
TAKE = "automation.take"
GIVE = "automation.give"
ASSIGN = ("automation.assign_by_scoring", "automation.assign_many")


def extend_to_work() -> None:
    """Grant, for every kind of work: whoever holds an item may hand it back; whoever may assign it, may give it and
    have it assigned by its scoring."""
    for face in registry.values():
        access = accesses.get(face.name)
        if face.work is None or access is None:
            continue
        assigning = access.run.get(getattr(face.work.assign, "action_name", ""), {})
        access.run[GIVE] = dict(assigning)
        for name in ASSIGN:
            access.run[name] = dict(assigning)
        access.run[TAKE] = {REPRESENTATIVE: OWN, AGENT: OWN, TEAM_LEAD: OWN, **assigning}
        access.run[HAND_BACK] = {REPRESENTATIVE: OWN, AGENT: OWN, MARKETER: OWN, TEAM_LEAD: OWN, **assigning}
