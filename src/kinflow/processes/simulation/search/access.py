"""Who has the best moves looked for: whoever may have what-ifs played; whoever sees processes sees what was found."""

from django.db.models import QuerySet

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant, may

from ...access import sees_processes
from .models import MoveSearch

KIND = "movesearch"
START = "processes.start_move_search"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (
            START,
            "processes.stop_move_search",
            "processes.resume_move_search",
            "processes.remove_move_search",
        ): {PROCESS_OWNER: ALL},
        ("processes.finish_move_search", "processes.fail_move_search"): {},
    },
)


def may_search(by: Actor) -> bool:
    """Whether the actor may have moves looked for."""
    return sees_processes(by) and may(by, START, kind=KIND)


def seen_searches(by: Actor) -> QuerySet[MoveSearch]:
    """The searches that the actor may see, the newest first."""
    rows = MoveSearch.objects.select_related("process", "calibration")
    return rows if sees_processes(by) else rows.none()
