"""More people asked for: planned posts where most who fill the role are, vacant until somebody is taken on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, Position, Unit
from kinflow.organisation.people.queries import here
from kinflow.organisation.positions.actions import (
    add_position,
    change_position,
    retire_position,
    take_up_position,
)
from kinflow.records.access import visible

from ..simulation.scenario import Scenario
from ..simulation.whatif.organising.moves import fillers
from .done import Done, Left

LOWEST_USUAL = 4


@dataclass(frozen=True)
class Seat:
    """The unit that most who fill a role are in, and the position there that most of them hold (None: none)."""

    unit: Unit
    position: Position | None


def seat_of(scenario: Scenario, role: str, by: Actor) -> Seat | None:
    """Where more people for a role belong, of positions held by as many the lower; None where none of ours fills it."""
    people = list(
        visible(by, here(timezone.localdate()))
        .filter(pk__in=fillers(scenario, role))
        .select_related("unit", "position")
        .order_by("pk")
    )
    if not people:
        return None
    unit = Counter(person.unit for person in people if not person.unit.is_closed).most_common(1)
    if not unit:
        return None
    held = Counter(post for person in people if (post := _post_in(unit[0][0], person)) is not None)
    usual = max(held, key=lambda post: (held[post], post.level, -post.pk), default=None)
    return Seat(unit[0][0], usual)


def _post_in(unit: Unit, person: Person) -> Position | None:
    post = person.position
    return post if post is not None and post.unit_id == unit.pk and not post.is_retired else None


def add_posts(scenario: Scenario, role: str, count: int, called: str, by: Actor) -> list[Done]:
    """Plan so many more posts for a role; `called` is the position where nobody of it holds one. What was changed."""
    seat = seat_of(scenario, role, by)
    if seat is None:
        return []
    position = seat.position or Position.objects.filter(unit=seat.unit, name=called).first()
    if position is None:
        made = add_position(name=called, unit=seat.unit, level=LOWEST_USUAL, posts=count, by=by)
        return [{"what": "position", "pk": made.pk, "now": count}]
    done: list[Done] = []
    planned = 0 if position.is_retired else position.posts or 0
    if position.is_retired:
        take_up_position(position=position, by=by)
        done.append({"what": "taken_up", "pk": position.pk})
    held = _holders(position)
    planned = max(planned, held) + count
    done.append(
        {
            "what": "posts",
            "pk": position.pk,
            "before": position.posts,
            "now": planned,
            "held": planned - count,
        }
    )
    change_position(position=position, changes={"posts": planned}, by=by)
    return done


def _holders(position: Position) -> int:
    return here(timezone.localdate()).filter(position=position).count()


def take_posts_back(one: Mapping[str, Any], by: Actor) -> Left | None:
    """Plan as many as before, and retire a position that was new; what somebody holds by now stays, and is said."""
    position = Position.objects.filter(pk=one["pk"]).first()
    if position is None or (position.is_retired and one["what"] != "posts"):
        return None
    if one["what"] == "taken_up":
        if _holders(position):
            return None
        retire_position(position=position, by=by)
        return None
    if position.posts != one["now"]:
        return {"what": "posts", "pk": position.pk, "why": "changed"}
    held = _holders(position)
    if one["what"] == "position":
        if not held:
            retire_position(position=position, by=by)
            return None
        change_position(position=position, changes={"posts": held}, by=by)
        return {"what": "posts", "pk": position.pk, "why": "held", "count": held}
    before, filled = one["before"], max(0, min(held, one["now"]) - one["held"])
    change_position(position=position, changes={"posts": None if before is None else before + filled}, by=by)
    return {"what": "posts", "pk": position.pk, "why": "held", "count": filled} if filled else None
