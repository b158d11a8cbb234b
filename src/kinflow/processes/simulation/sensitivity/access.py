"""Who asks which inputs matter: whoever may have what-ifs played; whoever sees processes sees what came of it."""

from django.db.models import QuerySet

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant, may

from ...access import sees_processes
from .models import Sensitivity

KIND = "sensitivity"
START = "processes.start_sensitivity"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (START, "processes.cancel_sensitivity"): {PROCESS_OWNER: ALL},
        ("processes.finish_sensitivity", "processes.fail_sensitivity"): {},
    },
)


def may_ask(by: Actor) -> bool:
    """Whether the actor may ask which inputs matter."""
    return sees_processes(by) and may(by, START, kind=KIND)


def seen_sensitivities(by: Actor) -> QuerySet[Sensitivity]:
    """The sensitivities that the actor may see, the newest first."""
    rows = Sensitivity.objects.select_related("process", "calibration")
    return rows if sees_processes(by) else rows.none()
