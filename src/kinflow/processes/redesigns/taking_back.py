"""What a redesign did in the organisation taken back, the last first; what somebody changed since stays, and is said."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from kinflow.eventlog import Actor
from kinflow.eventlog.command import attempt
from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.units.actions import close_unit, move_unit, reopen_unit

from .authority import take_authority_back
from .done import Done, Left
from .hours import take_calendar_back
from .posts import take_posts_back
from .restructuring import change_row


def take_back(done: Sequence[Done], by: Actor) -> list[Left]:
    """Take changes back; what stays, because somebody changed it since or needs it. Raises Refused."""
    left: list[Left] = []
    for one in reversed(done):
        try:
            with attempt():
                stays = _TAKES[one["what"]](one, by)
        except Refused:
            raise
        except Problem:
            stays = {"what": one["what"], "pk": one["pk"], "why": "refused"}
        if stays is not None:
            left.append(stays)
    return left


def _take_fields_back(one: Mapping[str, Any], by: Actor) -> Left | None:
    model: type[Person] | type[Unit] = Person if one["what"] == "person" else Unit
    row = model.objects.filter(pk=one["pk"]).first()
    if row is None:
        return None
    now = {name: _plain(getattr(row, name)) for name in one["before"]}
    ours = {name: value for name, value in one["before"].items() if now[name] == one["now"][name]}
    if ours:
        change_row(row, ours, by)
    others = [name for name, value in one["before"].items() if name not in ours and now[name] != value]
    return {"what": one["what"], "pk": row.pk, "why": "changed", "fields": others} if others else None


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _open_again(one: Mapping[str, Any], by: Actor) -> Left | None:
    unit = Unit.objects.filter(pk=one["pk"], is_closed=True).first()
    if unit is not None:
        reopen_unit(unit=unit, by=by)
    return None


def _move_back(one: Mapping[str, Any], by: Actor) -> Left | None:
    unit = Unit.objects.filter(pk=one["pk"]).first()
    if unit is None or unit.parent_id == one["before"]:
        return None
    if unit.parent_id != one["now"]:
        return {"what": "unit", "pk": unit.pk, "why": "changed", "fields": ["parent"]}
    move_unit(unit=unit, parent=Unit.objects.filter(pk=one["before"]).first(), by=by)
    return None


def _close_again(one: Mapping[str, Any], by: Actor) -> Left | None:
    unit = Unit.objects.filter(pk=one["pk"], is_closed=False).first()
    if unit is None:
        return None
    if unit.people.filter(left_on=None).exists() or unit.children.filter(is_closed=False).exists():
        return {"what": "unit", "pk": unit.pk, "why": "used"}
    close_unit(unit=unit, by=by)
    return None


_TAKES: Mapping[str, Callable[[Mapping[str, Any], Actor], Left | None]] = {
    "person": _take_fields_back,
    "unit": _take_fields_back,
    "added": _close_again,
    "moved": _move_back,
    "closed": _open_again,
    "position": take_posts_back,
    "posts": take_posts_back,
    "taken_up": take_posts_back,
    "calendar": take_calendar_back,
    "policy": take_authority_back,
}
