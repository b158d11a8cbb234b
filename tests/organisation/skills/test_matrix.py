"""The skills matrix: pages by key, counts over all of them, and the best in a skill first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinflow.organisation.people.abilities import set_skill
from kinflow.organisation.skills.matrix import Wish, matrix_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    """Seven people, of whom every second has the skill, each better than the one before."""
    east, skill = factories.unit("East"), factories.skill()
    people = [factories.person(f"P{number}", "", unit=east) for number in range(7)]
    for level, person in enumerate(people[::2], start=1):
        set_skill(person=person, skill=skill, level=level, by=factories.admin())
    return people


def pages(by, size=3, **wish):
    """The names on each page from the first to the last."""
    found, cursor = [], ""
    while cursor is not None:
        matrix = matrix_of(by, Wish(cursor=cursor, **wish), size)
        found.append([row.person.family_name for row in matrix.rows])
        cursor = matrix.shown.next
    return found


def test_pages_hold_everybody_once(team):
    assert pages(factories.admin()) == [["P0", "P1", "P2"], ["P3", "P4", "P5"], ["P6"]]


def test_the_best_in_a_skill_come_first_over_all_pages(team):
    order = str(factories.skill().pk)
    assert pages(factories.admin(), order=order) == [["P6", "P4", "P2"], ["P0", "P1", "P3"], ["P5"]]


def test_holders_and_people_are_counted_over_all_pages(team):
    matrix = matrix_of(factories.admin(), Wish(), 3)
    assert [holders for _skill, holders in matrix.skills] == [4]
    assert matrix.people == 7
    assert [[cell.level for cell in row.cells] for row in matrix.rows] == [[1], [0], [2]]


def test_a_page_asks_and_reads_no_more_for_more_people(team):
    by = factories.admin()
    with CaptureQueriesContext(
        connection,
    ) as few:
        matrix_of(by, Wish(), 3)
    for number in range(20):
        factories.person(f"Q{number:02}", "", unit=team[0].unit)
    with CaptureQueriesContext(connection) as many:
        matrix_of(by, Wish(), 3)
    assert len(many) == len(few) <= 5
    assert any("LIMIT 4" in query["sql"] for query in many)
