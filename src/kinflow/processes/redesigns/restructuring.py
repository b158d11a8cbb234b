"""Moves of the structure made in the organisation: units and lines as the what-if has them, and as they were again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.units.actions import add_unit, change_unit, close_unit, move_unit
from kinflow.records.access import may, visible

from ..simulation.scenario import Scenario
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.organising.moves import Reorganising, reorganised
from ..structure.paper import Paper, paper_for
from .done import Done

NEW_KIND = "team"


def changes_structure(move: Move) -> bool:
    """Whether a move changes units or lines of the organisation."""
    return isinstance(move, Reorganising)


def may_restructure(by: Actor) -> bool:
    """Whether the actor may change units, posts, calendars, and what people's records say of them."""
    needed = {
        "unit": "organisation.change_unit",
        "person": "organisation.change_person",
        "position": "organisation.change_position",
        "workingcalendar": "organisation.add_calendar",
    }
    return all(may(by, name, kind=kind) for kind, name in needed.items())


def refuse_who_may_not(by: Actor) -> None:
    """Raise Refused where the actor may not change the organisation."""
    if not may_restructure(by):
        raise Refused(
            _("You may not change the organisation."),
            remedy=_("Make the design without it, or ask an administrator."),
        )


def restructure(scenario: Scenario, moves: Sequence[Move], by: Actor) -> list[Done]:
    """Make the moves of the structure in the organisation as it is now; what was changed, to take it back.

    Raises Refused where the actor may not; what the commands of the organisation raise.
    """
    refuse_who_may_not(by)
    before = paper_for(by)
    after = reorganised(before, scenario, moves)
    if after is before:
        return []
    added = _added(after, before, by)
    done: list[Done] = [{"what": "added", "pk": unit.pk} for unit in added.values()]
    real = {pk: unit.pk for pk, unit in added.items()}
    done += _people(before, after, real, by)
    done += _units(before, after, real, by)
    return done


def _added(after: Paper, before: Paper, by: Actor) -> dict[int, Unit]:
    """The new units by their numbers on paper."""
    added: dict[int, Unit] = {}
    for pk, unit in after.units.items():
        if pk not in before.units and not unit.is_closed:
            parent = added.get(unit.parent or 0) or _unit(unit.parent)
            added[pk] = add_unit(name=_free(unit.name, parent), kind=NEW_KIND, parent=parent, by=by)
    return added


def _unit(pk: int | None) -> Unit | None:
    return Unit.objects.filter(pk=pk).first() if pk is not None else None


def _free(name: str, parent: Unit | None) -> str:
    taken = set(Unit.objects.filter(parent=parent, name__startswith=name).values_list("name", flat=True))
    numbers = ("", *(f" {number}" for number in range(2, len(taken) + 3)))
    return next(f"{name}{number}" for number in numbers if f"{name}{number}" not in taken)


def _people(before: Paper, after: Paper, real: Mapping[int, int], by: Actor) -> Iterator[Done]:
    rows = visible(by, Person.objects.filter(left_on=None)).in_bulk([*after.people])
    for pk, person in after.people.items():
        was = before.people[pk]
        if pk in rows and (person.unit, person.told) != (was.unit, was.told):
            now = {"unit": real.get(person.unit, person.unit), "reports_to": person.told}
            yield _changed("person", rows[pk], {"unit": was.unit, "reports_to": was.told}, now, by)


def _units(before: Paper, after: Paper, real: Mapping[int, int], by: Actor) -> Iterator[Done]:
    """What else became of units, those that close last: then nobody and nothing belongs to them."""
    known = [(unit, before.units[pk]) for pk, unit in after.units.items() if pk in before.units]
    rows = Unit.objects.in_bulk([unit.pk for unit, _was in known])
    for unit, was in known:
        if unit.parent != was.parent and not unit.is_closed:
            parent = real.get(unit.parent or 0, unit.parent)
            move_unit(unit=rows[unit.pk], parent=_unit(parent), by=by)
            yield {"what": "moved", "pk": unit.pk, "before": was.parent, "now": parent}
        if (unit.name, unit.lead) != (was.name, was.lead):
            now = {"name": unit.name, "lead": unit.lead}
            yield _changed("unit", rows[unit.pk], {"name": was.name, "lead": was.lead}, now, by)
    for unit, was in known:
        if unit.is_closed and not was.is_closed:
            close_unit(unit=rows[unit.pk], by=by)
            yield {"what": "closed", "pk": unit.pk}


def _changed(
    what: str, row: Person | Unit, before: Mapping[str, Any], now: Mapping[str, Any], by: Actor
) -> Done:
    fresh = {name: value for name, value in now.items() if value != before[name]}
    change_row(row, fresh, by)
    return {"what": what, "pk": row.pk, "before": {name: before[name] for name in fresh}, "now": fresh}


def change_row(row: Person | Unit, changes: Mapping[str, Any], by: Actor) -> None:
    """Change fields of a person or a unit."""
    if isinstance(row, Person):
        change_person(person=row, changes=changes, by=by)
    else:
        change_unit(unit=row, changes=changes, by=by)
