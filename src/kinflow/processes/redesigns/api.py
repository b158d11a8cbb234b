"""Redesigns over the API: the moves of a what-if made a design, told, and taken back."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from ..definitions.reading import refuse_strangers
from ..designs.api import Pk
from ..designs.models import ProcessDesign
from ..simulation.whatif.access import seen_what_ifs
from ..studio.subject import process_at
from .actions import make_design, undo_redesign
from .finding import found_words
from .models import Redesign
from .staying import staying_words
from .telling import told_redesign
from .training import Training

router = Router(tags=["processes"])


class TrainingIn(Schema):
    """The skill that stands for a role that is learned, and the level that its people get."""

    skill: int = Field(..., ge=1)
    level: int = Field(3, ge=1, le=5)


class RedesignIn(Schema):
    """In which design the moves are made, and what the names of its steps do not say.

    `steps` is the element of a step of the process; `policies` and `training` are by the places of the moves, from 0.
    """

    model_config = {"extra": "forbid"}

    design: int = Field(..., ge=1)
    steps: dict[str, str] = Field({}, max_length=100)
    policies: dict[int, dict[str, Any]] = Field({}, max_length=20)
    training: dict[int, TrainingIn] = Field({}, max_length=20)
    restructures: bool = Field(
        False,
        description="Whether units and lines, posts and working calendars are changed in the organisation, too, as the"
        " moves have them.",
    )
    deciders: dict[int, str] = Field(
        {}, max_length=20, description="Whom a moved decision goes to: unit: or position: and its number."
    )
    authority: bool = Field(
        False,
        description="Whether policies ask the position that decides now, from now on, where they asked another.",
    )
    seen: int | None = Field(None, ge=1, description="The version that was looked at.")


class RedesignOut(Schema):
    """A version that moves made, in the caller's language; addresses are empty where the caller sees nothing there."""

    design: int
    number: int
    is_undone: bool
    in_model: list[str]
    in_structure: list[str] = Field(description="What was changed in the organisation with it.")
    to_do: list[str] = Field(description="What the organisation has to change besides.")
    covers: list[str] = Field(description="For how many of the past records a policy's condition holds.")
    trained: list[str]
    stayed: list[str] = Field(
        description="What could not be taken back: somebody changed it since, or needs it."
    )
    left_out: list[str] = Field(description="What other tools had added to the model and could not stay.")
    found: str
    finding: str
    what_if: str
    headline: str
    promise: list[dict[str, Any]] = Field(description="What its deployment is held against, in hours.")


class UndoneOut(Schema):
    """The version without the moves; none where the design is gone with them."""

    number: int | None
    stayed: list[str] = Field(
        description="What could not be taken back: somebody changed it since, or needs it."
    )


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _design(request: HttpRequest, pk: int) -> ProcessDesign:
    design: ProcessDesign = record_at(registry["processdesign"], pk, _by(request))
    return design


def _told(row: Redesign, by: Actor) -> dict[str, Any]:
    return told_redesign(row, by) | {"design": row.design_id, "promise": row.promise}


@router.post(
    "/processes/{int:pk}/what-ifs/{int:number}/design",
    response={201: RedesignOut},
    operation_id="what_if_make_design",
    summary="Make the moves of a what-if in a design",
)
def post_design(request: HttpRequest, pk: int, number: int, given: RedesignIn) -> tuple[int, dict[str, Any]]:
    """This is a new version of the design; nothing runs by it before it is deployed."""
    by = _by(request)
    refuse_strangers(by)
    whatif = get_object_or_404(seen_what_ifs(by), process=process_at(str(pk)), pk=number)
    made = make_design(
        whatif=whatif,
        design=_design(request, given.design),
        steps=given.steps,
        policies=given.policies,
        training={place: Training(each.skill, each.level) for place, each in given.training.items()},
        restructures=given.restructures,
        deciders=given.deciders,
        authority=given.authority,
        found=found_words(whatif, by),
        seen=given.seen,
        by=by,
    )
    return 201, _told(made, by)


@router.get(
    "/process-design/{int:pk}/redesigns", response=list[RedesignOut], operation_id="process_design_redesigns"
)
def list_redesigns(request: HttpRequest, pk: Pk) -> list[dict[str, Any]]:
    """The versions that moves made, the newest first."""
    return [_told(row, _by(request)) for row in Redesign.objects.filter(design=_design(request, pk))[:50]]


@router.post(
    "/process-design/{int:pk}/redesigns/{int:number}/undo",
    response=UndoneOut,
    operation_id="process_design_undo_redesign",
    summary="Take the moves of a version back",
)
def post_undo(request: HttpRequest, pk: Pk, number: int) -> UndoneOut:
    """The next version is as the one before the moves; skills and the organisation go back; what they began is gone."""
    by = _by(request)
    undone = undo_redesign(design=_design(request, pk), number=number, by=by)
    number_now = undone.design.number if undone.design else None
    return UndoneOut(number=number_now, stayed=staying_words(undone.stayed, by))
