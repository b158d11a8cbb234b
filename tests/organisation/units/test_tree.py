"""What lies below a unit, and who leads from above."""

from datetime import date

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.actions import record_leaving
from kinflow.organisation.units.actions import change_unit
from kinflow.organisation.units.tree import leads_above, subtree_ids
from tests.factories import person, unit

pytestmark = pytest.mark.django_db


def test_a_subtree_is_the_unit_and_all_below():
    a = unit("A")
    b = unit("B", parent=a)
    c = unit("C", parent=b)
    d = unit("D")
    assert subtree_ids(a.pk) == (a.pk, b.pk, c.pk)
    assert subtree_ids(c.pk) == (c.pk,)
    assert subtree_ids(d.pk + 1) == leads_above(d.pk + 1) == ()


def test_leads_come_nearest_first_each_once_without_those_who_left():
    a = unit("A")
    b = unit("B", parent=a)
    c = unit("C", parent=b)
    boss, lead = person(unit=a), person(unit=b)
    for each, who in ((a, boss), (b, lead), (c, lead)):
        change_unit(unit=each, changes={"lead": who.pk}, by=SYSTEM)
    assert leads_above(c.pk) == (lead.pk, boss.pk)
    record_leaving(person=lead, on=date(2026, 3, 31), by=SYSTEM)
    assert leads_above(c.pk) == (boss.pk,)
