"""Who has what-ifs played: whoever may change processes; whoever sees processes sees what came of them."""

from django.db.models import QuerySet

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant, may

from ...access import sees_processes
from .models import WhatIf

KIND = "whatif"
START = "processes.start_what_if"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (START, "processes.cancel_what_if", "processes.remove_what_if"): {PROCESS_OWNER: ALL},
        ("processes.finish_what_if", "processes.fail_what_if"): {},
    },
)


def may_try(by: Actor) -> bool:
    """Whether the actor may have what-ifs played."""
    return sees_processes(by) and may(by, START, kind=KIND)


def seen_what_ifs(by: Actor) -> QuerySet[WhatIf]:
    """The what-ifs that the actor may see, the newest first."""
    rows = WhatIf.objects.select_related("process", "calibration")
    return rows if sees_processes(by) else rows.none()
