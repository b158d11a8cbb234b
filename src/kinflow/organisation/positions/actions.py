"""All that can be done with positions."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..retiring import retired, taken_up
from ..units.actions import refuse_closed
from ..units.models import Unit
from .events import (
    PositionAdded,
    PositionChanged,
    PositionRetired,
    PositionTakenUp,
)
from .models import Position
from .rules import LOWEST, MOST_POSTS, TOP, are_posts, is_level


class PositionNameTaken(Conflict):
    """The unit has a position of this name."""

    code = "position-name-taken"


def _refuse_wrong(position: Position) -> None:
    errors = []
    if not position.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if not is_level(position.level):
        message = _("Give a number from %(first)d to %(last)d.") % {"first": TOP, "last": LOWEST}
        errors.append(FieldError("/level", message))
    if not are_posts(position.posts):
        message = _("Give a number from %(first)d to %(last)d.") % {"first": 0, "last": MOST_POSTS}
        errors.append(FieldError("/posts", message))
    if errors:
        raise Invalid(errors=errors)
    if Position.objects.filter(unit=position.unit_id, name=position.name).exclude(pk=position.pk).exists():
        raise PositionNameTaken(
            _("%(unit)s has a position “%(name)s” already.")
            % {"unit": position.unit.name, "name": position.name},
            field="/name",
            remedy=_("Use that position: several people can hold it."),
        )


@action
def add_position(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    unit: Unit,
    level: Annotated[int, Ask(gettext_lazy("Level"), help=gettext_lazy("1 is the top"))] = 4,
    posts: Annotated[
        int | None, Ask(gettext_lazy("Planned posts"), help=gettext_lazy("Empty: not planned"))
    ] = None,
    by: Actor,
) -> Position:
    """Add a post to a unit; several people can hold it. `level` 1 is the top of the hierarchy, `posts` how many
    are to hold it: those that nobody holds are vacant.

    Raises Invalid, PositionNameTaken, UnitIsClosed.
    """
    permit(by, kind="position")
    unit = hold(unit)
    refuse_closed(unit, "/unit")
    position = Position(name=name.strip(), unit=unit, level=level, posts=posts)
    _refuse_wrong(position)
    position.save()
    record(PositionAdded(position=position, unit=unit, level=level))
    return position


@action
def change_position(
    *, position: Position, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Position:
    """Change fields; `seen` are the values the editor saw."""
    position = hold(position)
    permit(by, position)
    changed = apply_changes(position, changes, seen=seen)
    if changed:
        _refuse_wrong(position)
        refuse_closed(position.unit if "unit" in changed else None, "/unit")
        position.save()
        record(PositionChanged(position=position, changes=changed))
    return position


@action
def retire_position(*, position: Position, by: Actor) -> Position:
    """Give the position to nobody any more; its history stays. Raises Retired, StillInUse."""
    position = retired(position, by)
    record(PositionRetired(position=position))
    return position


@action
def take_up_position(*, position: Position, by: Actor) -> Position:
    """Use a retired position again. Raises Retired where it is in use."""
    position = taken_up(position, by)
    record(PositionTakenUp(position=position))
    return position
