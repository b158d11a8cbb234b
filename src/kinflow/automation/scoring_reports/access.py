"""Who may read how a scoring did: whoever may try scorings, of everybody; team leads, of the people of their units."""

from collections.abc import Collection

from kinflow.eventlog import Actor
from kinflow.records.access import TEAM_LEAD, in_token_scope

from ..access import may_try_scorings, sees_scorings


def sees_reports(by: Actor) -> bool:
    """Whether reports of scorings are for this actor at all."""
    if may_try_scorings(by):
        return True
    return sees_scorings(by) and TEAM_LEAD in by.roles and in_token_scope(by, "scoring", "read")


def units_of(by: Actor) -> Collection[int] | None:
    """The units of whose people the actor may read; None: all."""
    return None if may_try_scorings(by) else by.unit_ids
