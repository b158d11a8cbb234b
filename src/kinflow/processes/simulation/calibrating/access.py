"""Who has processes calibrated: whoever may change processes; whoever sees processes sees what came of it."""

from django.db.models import QuerySet

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant, may

from ...access import sees_processes
from .models import Calibration

START = "processes.start_calibration"

grant(
    "calibration",
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        (START, "processes.cancel_calibration"): {PROCESS_OWNER: ALL},
        ("processes.finish_calibration", "processes.fail_calibration"): {},
    },
)


def may_calibrate(by: Actor) -> bool:
    """Whether the actor may have processes calibrated."""
    return sees_processes(by) and may(by, START, kind="calibration")


def seen_calibrations(by: Actor) -> QuerySet[Calibration]:
    """The calibrations that the actor may see, the newest first."""
    rows = Calibration.objects.select_related("process")
    return rows if sees_processes(by) else rows.none()
