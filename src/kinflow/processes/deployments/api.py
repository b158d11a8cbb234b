"""Live operation over the API: deploying a version, what runs where, moving instances, setting many right.

Giving a deployment to all, taking it back and switching its guards are the verbs of deployments.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import BIGGEST_ID
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from ..designs.models import ProcessDesign
from . import actions, moving
from .models import Deployment, VersionMove
from .running import correct_many, versions_at_work, waiting_by_element

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The design's id.")]
Number = Annotated[int, Query(..., ge=1, le=1_000_000, description="A version of the design.")]


class DeploymentOut(Schema):
    """A deployment as it stands."""

    id: int
    number: int
    before: int | None
    way: str
    share: int
    state: str
    is_guarded: bool
    trigger: dict[str, Any]
    guards: list[dict[str, Any]]


class DeploymentIn(Schema):
    """A version to deploy; `seen` is the design's `version` that was looked at."""

    model_config = {"extra": "forbid"}

    number: int = Field(..., ge=1, le=1_000_000)
    way: Literal["all", "share", "condition", "shadow"] = "all"
    share: int = Field(100, ge=1, le=100)
    condition: dict[str, Any] = Field({}, max_length=50)
    comparison: Literal["before", "none"] = "before"
    trigger: dict[str, Any] = Field({}, max_length=5)
    guards: list[dict[str, Any]] = Field([], max_length=8)
    seen: int | None = Field(None, ge=1, le=2_000_000_000)


class WaitingOut(Schema):
    """Where instances of a version wait; times in seconds."""

    element: str
    step: str
    count: int
    stuck: int
    longest_seconds: int
    together: int = Field(description="How many cases go on together there; 1 where they are not collected.")


class RunningOut(Schema):
    """By version how many instances run, and where those of one of them wait."""

    versions: dict[int, int]
    waiting: list[WaitingOut]


class MoveIn(Schema):
    """Instances to move: by element of the version `number` the same one of the version `to`."""

    model_config = {"extra": "forbid"}

    number: int = Field(..., ge=1, le=1_000_000)
    to: int = Field(..., ge=1, le=1_000_000)
    mapping: dict[str, str] = Field(..., max_length=2_000)
    reason: str = Field("", max_length=500)


class MoveOut(Schema):
    """How far a move has come; `stayed` counts by reason."""

    id: int
    number: int
    to: int
    total: int
    moved: int
    stayed: dict[str, int] = Field(alias="reasons")
    ended_at: datetime | None


class ManyIn(Schema):
    """What to do at many tokens, by their ids."""

    model_config = {"extra": "forbid"}

    verb: Literal["retry", "skip", "move", "cancel"]
    tokens: list[int] = Field(..., min_length=1, max_length=200)
    to: str = Field("", max_length=200)
    reason: str = Field("", max_length=500)


class ManyOut(Schema):
    """At how many it was done, and why not at the others."""

    done: int
    refused: list[str]


@router.get(
    "/process-design/{int:pk}/deployments",
    response=list[DeploymentOut],
    operation_id="process_design_deployments",
)
def read_deployments(request: HttpRequest, pk: Pk) -> list[Deployment]:
    """The newest deployments of a design."""
    return list(Deployment.objects.filter(design=_design_at(request, pk))[:50])


@router.post(
    "/process-design/{int:pk}/deployments", response=DeploymentOut, operation_id="process_design_deploy"
)
def deploy(request: HttpRequest, pk: Pk, given: DeploymentIn) -> Deployment:
    """Let a version go live: for all new cases, for a share, by a condition, or in shadow."""
    return actions.deploy(processdesign=_design_at(request, pk), by=_by(request), **given.model_dump())


@router.get("/process-design/{int:pk}/running", response=RunningOut, operation_id="process_design_running")
def read_running(request: HttpRequest, pk: Pk, number: Number) -> RunningOut:
    """How many instances run by each version, and where those of one wait."""
    design = _design_at(request, pk)
    versions = dict(versions_at_work(design))
    found = waiting_by_element(design, number, timezone.now()) if number in versions else []
    rows = [
        WaitingOut(
            element=one.element,
            step=one.step,
            count=one.count,
            stuck=one.stuck,
            longest_seconds=int(one.longest.total_seconds()),
            together=one.together,
        )
        for one in found
    ]
    return RunningOut(versions=versions, waiting=rows)


@router.post("/process-design/{int:pk}/moves", response=MoveOut, operation_id="process_design_move")
def move(request: HttpRequest, pk: Pk, given: MoveIn) -> VersionMove:
    """Have the running instances of a version moved to another; it is done in the background."""
    return moving.move_instances(processdesign=_design_at(request, pk), by=_by(request), **given.model_dump())


@router.get("/process-design/{int:pk}/moves", response=list[MoveOut], operation_id="process_design_moves")
def read_moves(request: HttpRequest, pk: Pk) -> list[VersionMove]:
    """The newest moves of instances, with how far they have come."""
    return list(VersionMove.objects.filter(design=_design_at(request, pk))[:50])


@router.post("/process-design/{int:pk}/correct", response=ManyOut, operation_id="process_design_correct")
def correct(request: HttpRequest, pk: Pk, given: ManyIn) -> ManyOut:
    """Retry, skip, move or cancel at many tokens; each instance by itself, with its event."""
    design, by = _design_at(request, pk), _by(request)
    done, refused = correct_many(design, given.tokens, given.verb, reason=given.reason, to=given.to, by=by)
    return ManyOut(done=done, refused=refused)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _design_at(request: HttpRequest, pk: int) -> ProcessDesign:
    design: ProcessDesign = record_at(registry["processdesign"], pk, _by(request))
    return design
