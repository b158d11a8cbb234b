"""From a sign-in to who acts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.organisation.users.actors import actor_of, may_sign_in
from kinflow.organisation.users.models import User
from kinflow.records.access import ADMINISTRATOR, TEAM_LEAD
from tests import factories

pytestmark = pytest.mark.django_db


def user_of(person, **more) -> User:
    return create_user(login=f"u{person.pk}", person=person, by=SYSTEM, **more)


def test_an_actor_has_the_roles_of_the_person_and_oversees_the_units_below_theirs():
    top = factories.unit("Sales")
    east, west = factories.unit("East", parent=top), factories.unit("West", parent=top)
    inner = factories.unit("Shanghai", parent=east)
    by = actor_of(user_of(factories.person(unit=east, roles=[TEAM_LEAD])))
    assert by.roles == {TEAM_LEAD}
    assert by.unit_id == east.pk
    assert set(by.unit_ids) == {east.pk, inner.pk}
    assert west.pk not in by.unit_ids


def test_a_unit_whose_number_begins_alike_is_not_below():
    units = [factories.unit(f"Team {number}") for number in range(12)]
    by = actor_of(user_of(factories.person(unit=units[0])))
    assert by.unit_ids == (units[0].pk,)


def test_a_superuser_is_an_administrator_besides():
    by = actor_of(user_of(factories.person(roles=[TEAM_LEAD]), is_superuser=True))
    assert by.roles == {TEAM_LEAD, ADMINISTRATOR}


def test_an_actor_takes_one_query_once_units_are_asked_for(django_assert_num_queries):
    user = user_of(factories.person())
    loaded = User.objects.select_related("person__unit").get(pk=user.pk)
    with django_assert_num_queries(0):
        by = actor_of(loaded)
        assert by.unit_ids
    with django_assert_num_queries(1):
        assert list(by.unit_ids) == [by.unit_id]
        assert len(by.unit_ids) == 1


@pytest.mark.parametrize(("days", "may"), [(1, True), (0, False), (-1, False)])
def test_who_left_may_not_sign_in(days, may):
    user = user_of(factories.person())
    user.person.left_on = timezone.localdate() + timedelta(days=days)
    assert may_sign_in(user) is may
