"""Who may do what with segments; their members are seen by whoever sees the records."""

from kinflow.eventlog import Actor

from ..access import (
    ADMINISTRATOR,
    AGENT,
    ALL,
    MARKETER,
    OWN,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    grant,
    run_on_all,
)
from ..places import sees_kind
from .models import Segment

_everybody = (REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER)
_own_or_all = {REPRESENTATIVE: OWN, AGENT: OWN, TEAM_LEAD: ALL, MARKETER: ALL, PROCESS_OWNER: ALL}

grant(
    "segment",
    see=dict.fromkeys(_everybody, ALL),
    run={
        "records.create_segment": dict.fromkeys(_everybody, ALL),
        (
            "records.change_segment",
            "records.switch_off_segment",
            "records.switch_on_segment",
            "records.add_members",
            "records.take_members",
        ): _own_or_all,
        ("records.settle_members", "records.found_segment", "records.found_part", "records.stop_segment"): {},
    },
)

run_on_all.update(
    dict.fromkeys(
        ("records.add_members", "records.take_members"), dict.fromkeys((ADMINISTRATOR, *_everybody), ALL)
    )
)


def sees_segment(by: Actor, segment: Segment) -> bool:
    """Whether the actor sees segments of the record type."""
    return sees_kind(by, segment.kind)
