"""Adding to hand-kept segments and taking out of them, as verbs of lists of every kind."""

from collections.abc import Callable, Sequence
from functools import cache
from inspect import Parameter, Signature
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor

from ..faces import Ask, RecordType, Verb, registry
from .actions import add_members, take_members
from .membership import field_of
from .models import BY_HAND, Segment, called


def verbs_for(face: RecordType) -> Sequence[Verb]:
    """Both verbs, for kinds that can be in segments and where some segment is kept by hand."""
    return _verbs(face.name) if face.place and field_of(face.name) is not None else ()


@cache
def _verbs(kind: str) -> Sequence[Verb]:
    face = registry[kind]
    return (
        Verb(
            "add_to_segment",
            _("Add to segment"),
            _running(face, add_members),
            icon="plus",
            bulk=True,
            possible=_never,
        ),
        Verb(
            "take_out",
            _("Take out of segment"),
            _running(face, take_members),
            icon="x",
            bulk=True,
            possible=_never,
        ),
    )


def _never(_record: Any) -> bool:
    """On a record's own page the verbs stand among the facts of lists only."""
    return False


def _running(face: RecordType, action: Any) -> Callable[..., Any]:
    """The action on one record of the kind, asking which segment."""

    def choices() -> list[tuple[int, str]]:
        rows = Segment.objects.filter(kind=face.name, way=BY_HAND, is_active=True).order_by("name")
        return [(row.pk, called(row)) for row in rows[:500]]

    def run(**given: Any) -> Any:
        segment = get_object_or_404(Segment, pk=given["segment"], kind=face.name)
        return action(segment=segment, ids=[given[face.name].pk], by=given["by"])

    hints = {
        face.name: face.model,
        "segment": Annotated[
            int, Ask(_("Segment"), help=_("Segments that are kept by hand."), choices=choices)
        ],
        "by": Actor,
    }
    run.__annotations__ = hints
    run.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.KEYWORD_ONLY, annotation=hint) for name, hint in hints.items()]
    )
    run.__doc__ = action.__doc__
    run.action_name = action.action_name  # type: ignore[attr-defined]
    return run
