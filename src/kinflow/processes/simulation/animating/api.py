"""The API of animations: the moves of one play."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.long_work.models import DONE

from ...definitions.models import Process
from ...definitions.reading import refuse_strangers
from ...studio.subject import process_at
from ..calibrating.access import seen_calibrations
from ..whatif.access import seen_what_ifs
from .subjects import calibration_shown, what_if_shown
from .telling import animation_told

router = Router(tags=["processes"])


class StepOut(Schema):
    """A step of the graph."""

    key: str
    label: str
    has_people: bool = Field(description="People do it.")


class WayOut(Schema):
    """A way from step to step; an empty key stands for where cases come from, or end."""

    source: str
    target: str
    count: int
    is_drawn: bool = Field(description="Rarely walked ways are not drawn.")


class SideOut(Schema):
    """One play."""

    name: str
    cases: int
    moves: list[list[int]] = Field(
        description="By when they begin: place in `ways`; seconds since the beginning (before it: below nothing) when a"
        " case left the source, when work on it was wanted at the target, was begun, from when one more person is at"
        " work for it, and when it was done."
    )


class AnimationOut(Schema):
    """The graph of a process, and the moves of one play: at most eight weeks, 2,000 cases that come and 20,000 moves."""

    begins: str = Field(description="Local time.")
    lasts: int = Field(description="Seconds.")
    steps: list[StepOut]
    ways: list[WayOut]
    sides: list[SideOut] = Field(description="The process; or before and after the moves of a what-if.")


def _asked(request: HttpRequest, pk: int) -> tuple[Actor, Process]:
    by: Actor = request.by  # type: ignore[attr-defined]
    refuse_strangers(by)
    return by, process_at(str(pk))


@router.get(
    "/processes/{int:pk}/calibrations/{int:number}/animation",
    response=AnimationOut,
    summary="One play of a calibrated process",
)
def get_animation(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """The same each time; how many people are at work, not who."""
    by, process = _asked(request, pk)
    row = get_object_or_404(seen_calibrations(by), process=process, pk=number, state=DONE)
    return animation_told(*calibration_shown(row))


@router.get(
    "/processes/{int:pk}/what-ifs/{int:number}/animation",
    response=AnimationOut,
    summary="One play before and after the moves of a what-if",
)
def get_what_if_animation(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """Both with the same chances, over the same time."""
    by, process = _asked(request, pk)
    row = get_object_or_404(seen_what_ifs(by), process=process, pk=number, state=DONE)
    return animation_told(*what_if_shown(row))
