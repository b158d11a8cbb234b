"""Instances over the API: where they stand.

Starting is the create of instances. What process owners do by verbs, others do here, for records that they may see.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import BIGGEST_ID

from .correcting import correct
from .filling import fields_asked
from .models import ProcessInstance
from .outcomes import PLACE, outcomes_of
from .seen import instance_at
from .showing import standings, why_stuck

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The instance's id.")]


class WayOut(Schema):
    """A way that can be chosen: the id of its flow, and what it is called."""

    id: str
    name: str


class TokenOut(Schema):
    """Where a token stands; `number` is what the verbs call `token`, `task` the activity it waits for.

    `fault` says in the caller's language why it cannot go on, `remedy` what to do about it.
    """

    number: int
    element: str
    step: str
    told: str
    fault: str
    remedy: str
    since: datetime
    until: datetime | None
    task: int | None
    fields: list[str] = Field(description="The fields of the record that the task asks for.")
    required: list[str] = Field(description="Those of them without which the task is not finished.")
    ways: list[WayOut]


class StandingOut(Schema):
    """An instance with its tokens, and what came out of the tasks so far, by element, and of decision tables."""

    id: int
    state: str
    results: dict[str, str]
    outcomes: dict[str, Any]
    tokens: list[TokenOut]


class CorrectionIn(Schema):
    """What to do at a token: `way` is a flow to choose, `to` an element to move to; `reason` says why."""

    model_config = {"extra": "forbid"}

    verb: Literal["choose", "skip", "move", "retry", "cancel"]
    token: int = Field(0, ge=0, le=1_000_000_000)
    way: str = Field("", max_length=200)
    to: str = Field("", max_length=200)
    reason: str = Field("", max_length=500)


@router.get("/process-instance/{int:pk}/tokens", response=StandingOut, operation_id="process_instance_tokens")
def read_tokens(request: HttpRequest, pk: Pk) -> StandingOut:
    """Where the instance stands: its tokens, what each waits for, and the ways that a person can choose."""
    by = _by(request)
    return _told(instance_at(pk, by), by)


@router.post(
    "/process-instance/{int:pk}/tokens", response=StandingOut, operation_id="process_instance_correct"
)
def correct_tokens(request: HttpRequest, pk: Pk, given: CorrectionIn) -> StandingOut:
    """Choose a way, skip, move or retry a step, or cancel the instance; answers where it stands then."""
    by = _by(request)
    return _told(correct(instance_at(pk, by), by=by, **given.model_dump()), by)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _told(instance: ProcessInstance, by: Actor) -> StandingOut:
    tokens = [
        TokenOut(
            number=one.token.number,
            element=one.token.node,
            step=one.step,
            told=one.told,
            fault=why_stuck(one.token),
            remedy=one.remedy,
            since=one.token.since,
            until=one.until,
            task=one.task.pk if one.task is not None else None,
            **fields_asked(one.token) if one.task is not None else {"fields": [], "required": []},
            ways=[WayOut(id=flow, name=name) for flow, name in one.ways],
        )
        for one in standings(instance, by)
    ]
    results = {key: said for key, said in instance.results.items() if key != PLACE}
    outcomes = {name: said["value"] for name, said in outcomes_of(instance).items()}
    return StandingOut(
        id=instance.pk, state=instance.state, results=results, outcomes=outcomes, tokens=tokens
    )
