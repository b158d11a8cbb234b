"""Whose a decision, or a team's work, is in a design after a move: a position's, or a unit's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import visible

from ..simulation.scenario import Scenario
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.organising.moves import CaseTeam, MoveDecision, fillers
from .done import Done
from .posts import Seat, seat_of


def choices_for(scenario: Scenario, role: str, by: Actor) -> list[tuple[str, Any]]:
    """Whom a decision can go to where a role is to have it: the usual one first; none where none of ours fills it."""
    seat = seat_of(scenario, role, by)
    if seat is None:
        return []
    found: list[tuple[str, Any]] = [(f"unit:{seat.unit.pk}", seat.unit)]
    if seat.position is not None:
        found.insert(
            0 if _is_theirs(scenario, role, seat) else 1, (f"position:{seat.position.pk}", seat.position)
        )
    return found


def _is_theirs(scenario: Scenario, role: str, seat: Seat) -> bool:
    """Whether most who fill the role hold the position."""
    ours = Person.objects.filter(pk__in=fillers(scenario, role), left_on=None)
    return 2 * ours.filter(position=seat.position).count() > ours.count()


def deciders(
    scenario: Scenario, moves: Sequence[Move], given: Mapping[int, str], structure: Sequence[Done], by: Actor
) -> dict[int, str]:
    """By the place of each move whose the step is from now on: as given, else the usual one; a case team's its unit's."""
    found: dict[int, str] = {}
    for place, move in enumerate(moves):
        if isinstance(move, MoveDecision):
            usual = choices_for(scenario, move.role, by)
            if given.get(place) or usual:
                found[place] = given.get(place) or usual[0][0]
        elif isinstance(move, CaseTeam) and (team := _team(scenario, move, structure, by)) is not None:
            found[place] = f"unit:{team.pk}"
        scenario = move.apply(scenario)
    return found


def _team(scenario: Scenario, move: CaseTeam, structure: Sequence[Done], by: Actor) -> Unit | None:
    """The new unit that most of a case team are in now, if one was made."""
    added = [one["pk"] for one in structure if one["what"] == "added"]
    people = visible(by, Person.objects.filter(pk__in=fillers(scenario, *move.roles), unit__in=added))
    units = Counter(person.unit for person in people.select_related("unit").order_by("pk"))
    return units.most_common(1)[0][0] if units else None
