"""Whom a design can give a task to besides the record's owner: the people of a unit, or who hold a position."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kinflow.organisation.models import Position, Unit

_GROUP = re.compile(r"(unit|position):([1-9][0-9]{0,14})")


def row_of(group: str) -> Unit | Position | None:
    """The unit or position of "unit:4" or "position:7", if there is one in use."""
    found = _GROUP.fullmatch(group)
    if found is None:
        return None
    if found[1] == "unit":
        return Unit.objects.filter(pk=int(found[2]), is_closed=False).first()
    return Position.objects.filter(pk=int(found[2]), is_retired=False).select_related("unit").first()


def is_group(group: str) -> bool:
    """Whether it is written as one, whatever became of it."""
    return _GROUP.fullmatch(group) is not None


def group_words(group: str) -> str:
    """Who that is, in words."""
    row = row_of(group)
    if isinstance(row, Unit):
        return _("for whom the scoring finds in %(unit)s") % {"unit": row.name}
    if row is not None:
        return _("for who holds %(position)s in %(unit)s") % {"position": row.name, "unit": row.unit.name}
    return _("for a unit or position that there is no more")


def group_choices() -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]:
    """All units by their place in the tree, and all positions by level, with what they are called."""
    units = Unit.objects.filter(is_closed=False).order_by("path")
    positions = Position.objects.filter(is_retired=False).select_related("unit")
    return (
        [(f"unit:{one.pk}", one.name) for one in units],
        [
            (
                f"position:{one.pk}",
                _("%(position)s, %(unit)s") % {"position": one.name, "unit": one.unit.name},
            )
            for one in positions.order_by("level", "name", "pk")
        ],
    )
