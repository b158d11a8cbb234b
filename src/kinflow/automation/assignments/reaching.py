"""The work item that an address means, and whether somebody may decide on it."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.access import may, visible
from kinflow.records.faces import RecordType, registry

from ..access import GIVE


def work_face(kind: str) -> RecordType:
    """The face of a kind of work; Http404 for any other word."""
    face = registry.get(kind)
    if face is None or face.work is None:
        raise Http404(kind)
    return face


def is_nobodys(row: Any) -> bool:
    """Whether the item belongs to nobody and no unit: then whoever gives out such work may look at it."""
    return row.owner_id is None and row.unit_id is None


def work_at(kind: str, pk: int, by: Actor) -> Any:
    """The item, for whoever may see it or may give it out; NotFound otherwise."""
    face = work_face(kind)
    rows = face.model._default_manager.select_related(*face.with_related)
    row = visible(by, rows).filter(pk=pk).first()
    if row is None and may(by, GIVE, kind=kind):
        row = rows.filter(pk=pk, owner=None, unit=None).first()
    if row is None:
        raise NotFound(
            _("There is no %(what)s %(number)s, or you may not see it.")
            % {"what": face.label, "number": f"{face.prefix}-{pk}"},
            remedy=_("Look for it with the search."),
        )
    return row


def may_give(by: Actor, row: Any) -> bool:
    """Whether the actor may give the item to somebody."""
    kind = row._meta.model_name
    return may(by, GIVE, row) or (is_nobodys(row) and may(by, GIVE, kind=kind))
