"""What can be done with units, and what is refused without a trace."""

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.models import Unit
from kinflow.organisation.people.actions import change_person, record_leaving
from kinflow.organisation.units import actions
from kinflow.organisation.units.actions import UnitCircle, UnitInUse, UnitIsClosed, UnitNameTaken
from kinflow.records.access import ADMINISTRATOR, ROLES
from kinflow.records.changing import Stale
from tests.factories import admin, person, role_actor, unit

pytestmark = pytest.mark.django_db


def test_the_path_leads_from_the_root_down():
    company = unit("Company", kind="company")
    sales = unit("Sales", parent=company)
    assert company.path == f"/{company.pk}/"
    assert sales.path == f"/{company.pk}/{sales.pk}/"


def test_a_move_takes_all_below_along_and_says_so():
    a, b = unit("A"), unit("B")
    c = unit("C", parent=a)
    d = unit("D", parent=c)
    actions.move_unit(unit=c, parent=b, by=admin())
    c.refresh_from_db(), d.refresh_from_db()
    assert c.path == f"/{b.pk}/{c.pk}/"
    assert d.path == f"/{b.pk}/{c.pk}/{d.pk}/"
    told = Entry.objects.get(name="organisation.unit_moved").mentions.values_list("role", "object_id")
    assert set(told) == {("unit", c.pk), ("parent", b.pk), ("before", a.pk), ("below", d.pk)}


@pytest.mark.parametrize("below", [0, 1, 2])
def test_a_unit_cannot_come_to_lie_below_itself(below):
    a = unit("A")
    b = unit("B", parent=a)
    c = unit("C", parent=b)
    with pytest.raises(UnitCircle):
        actions.move_unit(unit=a, parent=(a, b, c)[below], by=SYSTEM)
    a.refresh_from_db()
    assert (a.parent, a.path) == (None, f"/{a.pk}/")


def test_a_unit_can_become_a_root():
    a = unit("A")
    b = unit("B", parent=a)
    assert actions.move_unit(unit=b, parent=None, by=SYSTEM).path == f"/{b.pk}/"


def test_two_units_of_one_name_cannot_stand_side_by_side():
    a = unit("A")
    unit("B", parent=a)
    with pytest.raises(UnitNameTaken):
        actions.add_unit(name=" B ", parent=a, by=SYSTEM)
    other = unit("B")
    with pytest.raises(UnitNameTaken):
        actions.move_unit(unit=other, parent=a, by=SYSTEM)
    assert Unit.objects.count() == 3


@pytest.mark.parametrize(("given", "field"), [({"name": " "}, "/name"), ({"kind": "tribe"}, "/kind")])
def test_wrong_values_are_named(given, field):
    with pytest.raises(Invalid) as refused:
        actions.add_unit(**{"name": "A", **given}, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == [field]


def test_a_unit_with_people_or_units_stays_open():
    a = unit("A")
    b = unit("B", parent=a)
    who = person(unit=b)
    for each in (a, b):
        with pytest.raises(UnitInUse):
            actions.close_unit(unit=each, by=SYSTEM)
    record_leaving(person=who, on=who.created_at.date(), by=SYSTEM)
    assert actions.close_unit(unit=b, by=SYSTEM).is_closed
    assert actions.close_unit(unit=a, by=SYSTEM).is_closed


def test_a_closed_unit_takes_nobody_and_nothing():
    a, b = actions.close_unit(unit=unit("A"), by=SYSTEM), unit("B")
    with pytest.raises(UnitIsClosed):
        person(unit=a)
    with pytest.raises(UnitIsClosed):
        change_person(person=person(unit=b), changes={"unit": a.pk}, by=SYSTEM)
    with pytest.raises(UnitIsClosed):
        unit("C", parent=a)
    with pytest.raises(UnitIsClosed):
        actions.move_unit(unit=b, parent=a, by=SYSTEM)
    assert not actions.reopen_unit(unit=a, by=SYSTEM).is_closed


def test_a_change_against_other_values_than_seen_is_stale():
    a = unit("A")
    changed = actions.change_unit(unit=a, changes={"region": "east"}, seen={"region": ""}, by=SYSTEM)
    assert changed.region == "east"
    with pytest.raises(Stale):
        actions.change_unit(unit=a, changes={"region": "west"}, seen={"region": ""}, by=SYSTEM)


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_change_the_tree(role):
    by, a = role_actor(role), unit("A")
    for run in (
        lambda: actions.add_unit(name="B", by=by),
        lambda: actions.change_unit(unit=a, changes={"region": "x"}, by=by),
        lambda: actions.move_unit(unit=a, parent=None, by=by),
        lambda: actions.close_unit(unit=a, by=by),
    ):
        if role == ADMINISTRATOR:
            run()
        else:
            with pytest.raises(Refused):
                run()
