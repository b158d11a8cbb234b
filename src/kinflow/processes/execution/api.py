"""Instances over the API: where they stand.

Starting, choosing a way, skipping, moving, trying again and cancelling are the create and the verbs of instances.
"""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import BIGGEST_ID
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from .models import ProcessInstance
from .showing import standings

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The instance's id.")]


class WayOut(Schema):
    """A way that can be chosen: the id of its flow, and what it is called."""

    id: str
    name: str


class TokenOut(Schema):
    """Where a token stands; `number` is what the verbs call `token`, `task` the activity it waits for."""

    number: int
    element: str
    step: str
    told: str
    fault: str
    since: datetime
    until: datetime | None
    task: int | None
    ways: list[WayOut]


class StandingOut(Schema):
    """An instance with its tokens, and what came out of the tasks so far, by element."""

    id: int
    state: str
    results: dict[str, str]
    tokens: list[TokenOut]


@router.get("/process-instance/{int:pk}/tokens", response=StandingOut, operation_id="process_instance_tokens")
def read_tokens(request: HttpRequest, pk: Pk) -> StandingOut:
    """Where the instance stands: its tokens, what each waits for, and the ways that a person can choose."""
    by: Actor = request.by  # type: ignore[attr-defined]
    instance: ProcessInstance = record_at(registry["processinstance"], pk, by)
    tokens = [
        TokenOut(
            number=one.token.number,
            element=one.token.node,
            step=one.step,
            told=one.told,
            fault=one.token.fault,
            since=one.token.since,
            until=one.until,
            task=one.task.pk if one.task is not None else None,
            ways=[WayOut(id=flow, name=name) for flow, name in one.ways],
        )
        for one in standings(instance, by)
    ]
    return StandingOut(id=instance.pk, state=instance.state, results=instance.results, tokens=tokens)
