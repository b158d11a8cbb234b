"""The figures of the instances by a new version, and the first that is past its limit."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from kinflow.customers.activities.models import Activity
from kinflow.eventlog.models import Mention

from ..execution.models import CANCELLED, DONE, STUCK, ProcessInstance
from .models import Deployment

PLANNED, STEP_BEGAN = "customers.activity_planned", "processes.process_step_began"
NEWEST = 2_000
"""So many of the newest instances are looked at."""


@dataclass(frozen=True)
class Figure:
    """A figure's value, and over how many cases."""

    value: float
    cases: int


@dataclass(frozen=True)
class Tripped:
    """A guard whose figure is past its limit."""

    figure: str
    value: float
    limit: float
    cases: int


def tripped(deployment: Deployment, now: datetime) -> Tripped | None:
    """The first guard whose figure is past its limit, with enough cases."""
    found = figures(deployment, deployment.number, now) if deployment.guards else {}
    for guard in deployment.guards:
        figure = found.get(guard["figure"])
        if figure is not None and figure.cases >= guard["least"] and figure.value > guard["limit"]:
            return Tripped(guard["figure"], figure.value, guard["limit"], figure.cases)
    return None


def figures(deployment: Deployment, number: int, now: datetime) -> dict[str, Figure]:
    """The figures of the instances by a version in a deployment; those without a case are left out."""
    rows = ProcessInstance.objects.filter(deployment=deployment, number=number, is_shadow=False)
    newest = list(rows.order_by("-pk").only("state", "created_at", "ended_at", "about_id")[:NEWEST])
    done = [r for r in newest if r.state == DONE]
    ended = [r for r in newest if r.state in (DONE, CANCELLED)]
    hours = [(r.ended_at - r.created_at).total_seconds() / 3600 for r in done if r.ended_at]
    found: dict[str, Figure] = {}
    if hours:
        found["median_hours"] = Figure(round(median(hours), 2), len(hours))
    if newest:
        found["stuck"] = _share([r.state == STUCK for r in newest])
        late = _with_late_tasks(deployment, newest, now)
        found["late"] = _share([r.about_id in late for r in newest])
    if ended:
        found["cancelled"] = _share([r.state == CANCELLED for r in ended])
    return found


def _share(those: list[bool]) -> Figure:
    return Figure(round(100 * sum(those) / len(those), 1), len(those))


def _with_late_tasks(deployment: Deployment, rows: list[ProcessInstance], now: datetime) -> set[int]:
    """The records of the instances with a task, given by a step of theirs, that was, or is, overdue."""
    late = Activity.objects.annotate(over_at=Coalesce("ended_at", now)).filter(
        due_at__lt=F("over_at"),
        about_kind=deployment.design.kind,
        about_id__in=[r.about_id for r in rows],
    )
    found = dict(late.exclude(status="cancelled").values_list("pk", "about_id"))
    theirs = set(found.values())
    steps = Mention.objects.filter(
        kind="processinstance",
        object_id__in=[r.pk for r in rows if r.about_id in theirs],
        entry__name=STEP_BEGAN,
    )
    commands = set(steps.values_list("entry__command_id", flat=True))
    given = Mention.objects.filter(
        kind="activity",
        role="activity",
        object_id__in=found,
        entry__name=PLANNED,
        entry__command_id__in=commands,  # a step gives its task in the command in which it began
    )
    others = Q(entry__actor_kind="process") & ~Q(entry__actor_id=f"design:{deployment.design_id}")
    given = given.exclude(others)  # one command may move instances of several designs
    return {about for pk in given.values_list("object_id", flat=True) if (about := found[pk]) is not None}
