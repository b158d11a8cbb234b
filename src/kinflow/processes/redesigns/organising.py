"""Moves made in the organisation in one step: structure, posts and hours, as it is now."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid

from ..simulation.scenario import Scenario
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.people_moves import AddPeople, ChangeHours
from .done import Done
from .hours import shift_hours, workers_of
from .places import DoesNotFit
from .posts import add_posts, seat_of
from .restructuring import changes_structure, refuse_who_may_not, restructure

Called = Callable[[str], str]
"""What a role is called."""


def changes_organisation(move: Move) -> bool:
    """Whether a move changes units, lines, posts or calendars."""
    return changes_structure(move) or isinstance(move, AddPeople | ChangeHours)


def organise(
    scenario: Scenario, moves: Sequence[Move], called: Called, by: Actor
) -> tuple[list[Done], set[int]]:
    """Make the moves in the organisation: what was changed, to take it back, and which moves (by place) changed it.

    Raises Refused where the actor may not, Invalid naming the move that does not fit.
    """
    refuse_who_may_not(by)
    done = restructure(scenario, moves, by)
    made = {place for place, move in enumerate(moves) if done and changes_structure(move)}
    for place, move in enumerate(moves):
        try:
            new = _made(scenario, move, called, by)
        except DoesNotFit as fault:
            raise Invalid(errors=[FieldError(f"/moves/{place}", str(fault))]) from None
        if new:
            done += new
            made.add(place)
        scenario = move.apply(scenario)
    return done, made


def _made(scenario: Scenario, move: Move, called: Called, by: Actor) -> list[Done]:
    if isinstance(move, AddPeople):
        return add_posts(scenario, move.role, int(move.count), called(move.role), by)
    if isinstance(move, ChangeHours):
        return shift_hours(scenario, move, by)
    return []


def foreseen(scenario: Scenario, move: Move, called: Called, by: Actor) -> str:
    """What a move would change in posts or calendars, in words; "" where nobody of our own fills its role."""
    if isinstance(move, AddPeople):
        seat = seat_of(scenario, move.role, by)
        if seat is None:
            return ""
        name = seat.position.name if seat.position is not None else called(move.role)
        told = {"posts": int(move.count), "position": name, "unit": seat.unit.name}
        words = ngettext(
            "In %(unit)s, %(posts)s more post is planned for “%(position)s”: vacant until somebody is taken on.",
            "In %(unit)s, %(posts)s more posts are planned for “%(position)s”: vacant until somebody is taken on.",
            int(move.count),
        )
        return words % told
    if isinstance(move, ChangeHours):
        workers = workers_of(scenario, move.role, by)
        if not workers:
            return ""
        calendars = {str(person.calendar) for person in workers}
        told = {"people": len(workers), "calendars": _(", ").join(sorted(calendars))}
        return (
            ngettext(
                "%(people)s person who works by %(calendars)s gets a working calendar of their own with these hours,"
                " from today on.",
                "%(people)s people who work by %(calendars)s get a working calendar of their own with these hours, from"
                " today on.",
                len(workers),
            )
            % told
        )
    return ""
