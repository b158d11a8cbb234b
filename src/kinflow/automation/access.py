"""Who may do what with scorings and with the assignment of work."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    AGENT,
    ALL,
    AUDITOR,
    MARKETER,
    OWN,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    accesses,
    grant,
    in_token_scope,
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


def may_try_scorings(by: Actor) -> bool:
    """Whether the actor may try a scoring on the work of the past: it tells who has how much of all of it."""
    grants = accesses["scoring"].run["automation.change_scoring"]
    return (
        sees_scorings(by)
        and bool(scope_of(by, {AUDITOR: ALL, **grants}))
        and in_token_scope(by, "scoring", "read")
    )


def may_pull(by: Actor, kind: str) -> bool:
    """Whether the actor may be told what they would get next."""
    access = accesses.get(kind)
    return (
        access is not None
        and bool(scope_of(by, access.run.get(TAKE, {})))
        and in_token_scope(by, kind, "read")
    )


HAND_BACK = "automation.hand_back"
TAKE, TAKE_NEXT = "automation.take", "automation.take_next_best"
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
        for name in (TAKE, TAKE_NEXT):
            access.run[name] = {REPRESENTATIVE: OWN, AGENT: OWN, TEAM_LEAD: OWN, **assigning}
        access.run[HAND_BACK] = {REPRESENTATIVE: OWN, AGENT: OWN, MARKETER: OWN, TEAM_LEAD: OWN, **assigning}
