"""Positions: posts of a unit at a level."""

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.positions import actions
from kinflow.organisation.positions.actions import PositionNameTaken
from kinflow.records.access import TEAM_LEAD
from tests.factories import role_actor, unit

pytestmark = pytest.mark.django_db


def test_a_position_is_added_and_changed():
    post = actions.add_position(name="Engineer", unit=unit(), level=4, by=SYSTEM)
    assert actions.change_position(position=post, changes={"level": 3}, by=SYSTEM).level == 3


@pytest.mark.parametrize("level", [0, -1, 13])
def test_a_level_lies_within_the_hierarchy(level):
    with pytest.raises(Invalid):
        actions.add_position(name="Engineer", unit=unit(), level=level, by=SYSTEM)


def test_a_unit_has_a_position_once():
    actions.add_position(name="Engineer", unit=unit(), level=4, by=SYSTEM)
    with pytest.raises(PositionNameTaken):
        actions.add_position(name="Engineer", unit=unit(), level=5, by=SYSTEM)
    actions.add_position(name="Engineer", unit=unit("West"), level=5, by=SYSTEM)


def test_only_administrators_add_positions():
    with pytest.raises(Refused):
        actions.add_position(name="Engineer", unit=unit(), level=4, by=role_actor(TEAM_LEAD))


@pytest.mark.parametrize("posts", [-1, 10_000])
def test_posts_that_cannot_be_planned_are_refused(posts):
    with pytest.raises(Invalid):
        actions.add_position(name="Engineer", unit=unit(), posts=posts, by=SYSTEM)


def test_posts_are_planned_and_not_planned_any_more():
    post = actions.add_position(name="Engineer", unit=unit(), posts=3, by=SYSTEM)
    assert actions.change_position(position=post, changes={"posts": "4"}, by=SYSTEM).posts == 4
    assert actions.change_position(position=post, changes={"posts": ""}, by=SYSTEM).posts is None
