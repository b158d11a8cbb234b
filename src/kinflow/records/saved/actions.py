"""All that can be done with saved views."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import parse, to_json
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid

from ..access import permit
from ..faces import VOCABULARY, registry
from .events import ViewRemoved, ViewSaved, ViewShared
from .models import SavedView

MOST_VIEWS = 50


@action
def save_view(
    *,
    kind: str,
    name: str,
    condition: Mapping[str, Any] | None = None,
    columns: Sequence[str] = (),
    sort: str = "",
    is_shared: bool = False,
    by: Actor,
) -> SavedView:
    """Keep a view of the lists of a kind of record.

    Raises Invalid for an unknown kind, an empty name, unknown columns, or beyond 50 views of one person;
    ConditionError for a condition that means nothing.
    """
    permit(by, kind="savedview")
    face = registry.get(kind)
    name = name.strip()
    if face is None:
        raise Invalid(errors=[FieldError("/kind", _("There is no such kind of record."))])
    if not 0 < len(name) <= 80:
        raise Invalid(errors=[FieldError("/name", _("Give the view a name of at most 80 characters."))])
    if any(column not in face.by_name for column in columns) or sort.removeprefix("-") not in {
        "",
        *face.by_name,
    }:
        raise Invalid(errors=[FieldError("/columns", _("There is no such column."))])
    if SavedView.objects.filter(kind=kind, owner_id=by.person_id).count() >= MOST_VIEWS:
        raise Invalid(errors=[FieldError("/name", _("You have 50 views here; remove one first."))])
    meant = to_json(parse(dict(condition or {}), kind, VOCABULARY))
    view = SavedView(kind=kind, name=name, condition=meant, columns=list(columns), sort=sort)
    view.owner_id, view.is_shared = by.person_id, is_shared
    view.save()
    record(ViewSaved(view=view, kind=kind, name_given=name, condition=meant))
    return view


@action
def share_view(*, view: SavedView, is_shared: bool = True, by: Actor) -> SavedView:
    """Let everybody have the view, or its owner alone."""
    view = hold(view)
    permit(by, view)
    view.is_shared = is_shared
    view.save()
    record(ViewShared(view=view, name_given=view.name, is_shared=is_shared))
    return view


@action
def remove_view(*, view: SavedView, by: Actor) -> None:
    """Take the view away."""
    view = hold(view)
    permit(by, view)
    record(ViewRemoved(view=view, name_given=view.name))
    view.delete()
