"""Finding the record that an address means, for whoever may see it."""

from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.kit.standing import StandingQuery

from ..access import may_see
from ..faces import RecordType, by_slug, registry
from ..places import sees_kind as sees_kind


def face_at(slug: str) -> RecordType:
    """The record type whose pages live there; Http404 where there is none."""
    face = by_slug(slug)
    if face is None:
        raise Http404(slug)
    return face


def refuse_unseen(face: RecordType, by: Actor) -> None:
    """Raise Refused where none of these records is for this person."""
    if not sees_kind(by, face.name):
        raise Refused(
            _("%(what)s are not for your role.") % {"what": face.plural}, remedy=_("Ask an administrator.")
        )


def shown_relations(face: RecordType) -> set[str]:
    """The relations to one record that the page shows."""
    shown = {
        field.column
        for _label, names in face.facts
        for field in (face.by_name.get(name) for name in names)
        if field is not None and field.kind is Kind.RELATION and not field.many
    }
    return shown | set(face.with_related)


@cache
def _by_id(kind: str) -> StandingQuery[Any]:
    face = registry[kind]

    def rows(pk: int) -> QuerySet[Any]:
        return face.model._default_manager.select_related(*shown_relations(face)).filter(pk=pk)

    return StandingQuery(rows, 1)


def record_at(face: RecordType, pk: int, by: Actor) -> Any:
    """The record, with its relations; NotFound where there is none, or none for this person."""
    row = _by_id(face.name).first(pk) if pk < 2**63 else None
    if row is None or not may_see(by, row):
        raise NotFound(
            _("There is no %(what)s %(number)s, or you may not see it.")
            % {"what": face.label, "number": f"{face.prefix}-{pk}"},
            remedy=_("Look for it with the search."),
        )
    return row
