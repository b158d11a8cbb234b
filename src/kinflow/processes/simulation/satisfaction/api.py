"""The API of the satisfaction model that a process keeps."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor

from ...definitions.models import Process
from ...definitions.reading import refuse_strangers
from ...studio.subject import process_at
from .actions import keep_satisfaction_model
from .keeping import kept_of
from .reckoning import STATED

router = Router(tags=["processes"])
ROOT = "/processes/{int:pk}/satisfaction-model"


NUMBER: dict[str, Any] = {"type": "number"}


class SatisfactionModelIn(Schema):
    """All five numbers; one that is left out is the stated one, and so `{}` goes back to the stated model.

    What is no number is let through to the action, which says what to do.
    """

    model_config = {"extra": "forbid"}

    base: Any = Field(STATED.base, description="From -10 to 10.", json_schema_extra=NUMBER)
    doubling: Any = Field(
        STATED.doubling,
        description="Less for each doubling of the cycle time, 0 to 10.",
        json_schema_extra=NUMBER,
    )
    handover: Any = Field(
        STATED.handover, description="Less for each hand-off, 0 to 10.", json_schema_extra=NUMBER
    )
    again: Any = Field(
        STATED.again, description="Less for each step done again, 0 to 10.", json_schema_extra=NUMBER
    )
    expected: Any = Field(
        STATED.expected,
        description="Hours that customers expect, 0 to 100,000; 0 for the median before.",
        json_schema_extra=NUMBER,
    )


class SatisfactionModelOut(Schema):
    """The numbers that count for a process, the stated ones, and who kept them last and when (nobody: empty, null)."""

    numbers: dict[str, float]
    stated: dict[str, float]
    is_stated: bool
    kept_by: str
    kept_at: datetime | None


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return process_at(str(pk))


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _told(process: Process) -> dict[str, Any]:
    kept = kept_of(process)
    return {
        "numbers": asdict(kept.model),
        "stated": asdict(STATED),
        "is_stated": kept.is_stated,
        "kept_by": kept.by_name,
        "kept_at": kept.kept_at,
    }


@router.get(ROOT, response=SatisfactionModelOut, summary="The satisfaction model of a process")
def get_satisfaction_model(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What expected satisfaction of the process is reckoned with."""
    return _told(_process(request, pk))


@router.put(ROOT, response=SatisfactionModelOut, summary="Keep a satisfaction model for a process")
def put_satisfaction_model(request: HttpRequest, pk: int, given: SatisfactionModelIn) -> dict[str, Any]:
    """Whatever reckons expected satisfaction of the process takes these numbers from now on."""
    process = _process(request, pk)
    keep_satisfaction_model(process=process, numbers=given.dict(), by=_by(request))
    return _told(process)
