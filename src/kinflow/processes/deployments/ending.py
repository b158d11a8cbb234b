"""How a deployment comes to its end: what watched is taken away, and the clock stops asking its guards."""

from django.utils import timezone

from kinflow.automation.clock import drop_moment, set_moment
from kinflow.eventlog import record

from ..designs.models import ProcessDesign
from .events import DeploymentEnded
from .models import ENDED, SHADOW, Deployment
from .placing import running_of

GUARDS, SHADOWS = "processes.guards", "processes.end_shadows"


def close(deployment: Deployment, state: str) -> None:
    """Let the deployment be over; the caller records why."""
    deployment.state, deployment.ended_at = state, timezone.now()
    deployment.save()
    drop_moment(GUARDS, str(deployment.pk))
    if deployment.way == SHADOW:
        set_moment(SHADOWS, str(deployment.pk), timezone.now(), {"deployment": deployment.pk})


def end_running(design: ProcessDesign) -> None:
    """End the deployment that runs, since something else is to hold for the design from now on. Within an action."""
    running = running_of(design)
    if running is not None:
        close(running, ENDED)
        record(DeploymentEnded(deployment=running, processdesign=design, number=design.live_number))
