"""Who may see and change people: everybody sees, leads keep their own people, everybody their own times."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person
from kinflow.organisation.people import actions
from kinflow.records.access import ADMINISTRATOR, AUDITOR, ROLES, TEAM_LEAD, may_see, visible
from tests.factories import actor_for, admin, person, role_actor, skill, unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OWN: dict[str, Callable[[Person, Actor], Any]] = {
    "presence": lambda p, by: actions.set_presence(person=p, presence="busy", by=by),
    "language": lambda p, by: actions.set_language(person=p, language="en", level=3, by=by),
    "absence": lambda p, by: actions.add_absence(
        person=p, starts_at=NOON, ends_at=NOON + timedelta(days=1), by=by
    ),
}
LEADS: dict[str, Callable[[Person, Actor], Any]] = {
    "skill": lambda p, by: actions.set_skill(person=p, skill=skill(), level=3, by=by),
    "capacity": lambda p, by: actions.set_capacity(person=p, kind="lead", limit=Decimal(5), by=by),
    "territories": lambda p, by: actions.set_territories(person=p, territories=(), by=by),
}
RULES: dict[str, Callable[[Person, Actor], Any]] = {
    "change": lambda p, by: actions.change_person(person=p, changes={"phone": "1"}, by=by),
    "leave": lambda p, by: actions.record_leaving(person=p, on=date(2026, 3, 31), by=by),
    "add": lambda p, by: actions.add_person(family_name="李", unit=p.unit, by=by),
}
ALL = {**OWN, **LEADS, **RULES}


def assert_allowed(step: str, who: Person, by: Actor, *, is_allowed: bool) -> None:
    if is_allowed:
        ALL[step](who, by)
        return
    with pytest.raises(Refused):
        ALL[step](who, by)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_everybody(role):
    who, by = person(), role_actor(role, unit("Elsewhere"))
    assert may_see(by, who)
    assert who in visible(by, Person.objects.all())


def test_nobody_without_a_role_sees_people():
    assert not may_see(Actor("person", "x"), person())


@pytest.mark.parametrize("step", ALL)
@pytest.mark.parametrize("role", ROLES)
def test_on_others_only_administrators_act(role, step):
    who, by = person(), role_actor(role, unit("Elsewhere"))
    assert_allowed(step, who, by, is_allowed=role == ADMINISTRATOR)


@pytest.mark.parametrize("step", ALL)
def test_a_team_lead_acts_on_people_of_their_units_and_below(step):
    team = unit("Below", parent=unit("Above"))
    by = role_actor(TEAM_LEAD, team.parent)
    assert_allowed(step, person(unit=team), by, is_allowed=step not in RULES)


@pytest.mark.parametrize("step", ALL)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {ADMINISTRATOR, TEAM_LEAD}))
def test_people_say_themselves_when_they_are_there_and_what_they_speak(role, step):
    who = person(roles=(role,))
    assert_allowed(step, who, actor_for(who), is_allowed=step in OWN and role != AUDITOR)


def test_an_absence_is_taken_back_by_who_may_enter_it():
    who, other = person(), person()
    absence = OWN["absence"](who, admin())
    with pytest.raises(Refused):
        actions.remove_absence(absence=absence, by=actor_for(other))
    actions.remove_absence(absence=absence, by=actor_for(who))
    assert not who.absences.exists()
