"""Who may import: those who answer for many records at once."""

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused

from ..access import ALL, MARKETER, OWN, TEAM_LEAD, grant, may, permit
from .kinds import Importable, importables

grant(
    "importrun",
    see={MARKETER: OWN, TEAM_LEAD: OWN},
    run={
        ("records.prepare_import",): {MARKETER: ALL, TEAM_LEAD: ALL},
        (
            "records.map_import",
            "records.start_import",
            "records.cancel_import",
            "records.undo_import",
            "records.take_rows",
            "records.undo_some",
            "records.finish_import",
            "records.fail_import",
            "records.forget_rejects",
        ): {MARKETER: OWN, TEAM_LEAD: OWN},
    },
)


def may_import(by: Actor) -> bool:
    """Whether the actor may import anything."""
    return may(by, "records.prepare_import", kind="importrun") and bool(kinds_for(by))


def kinds_for(by: Actor) -> list[Importable]:
    """What the actor may import: what they may also make by hand."""
    return [one for one in importables.values() if may(by, one.needs, kind=one.record)]


def permit_kind(by: Actor, one: Importable) -> None:
    """Raises Refused unless the actor may make such records."""
    permit(by, kind="importrun")
    if not may(by, one.needs, kind=one.record):
        raise Refused(action=one.needs)
