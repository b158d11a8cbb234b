"""Territories with rules in scorings: the account's territory has the point, and who may get it."""

import pytest

from kinflow.automation.criteria.items import load_items
from kinflow.automation.criteria.people import load_people
from kinflow.automation.criteria.situation import Situation
from kinflow.automation.criteria.territory import Territory
from kinflow.automation.eligibility.fitting import InTerritory
from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.abilities import set_territories

from ..sales.territories.given import WATER, account, planned, ruled, territory, worked_out
from . import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Somebody of the east, of all China, of waterworks; and a waterworks in the east."""
    team = given.unit()
    kept = {
        name: territory(name, *places)
        for name, places in (("East", ["CN-ZJ"]), ("China", ["CN"]), ("Water", []))
    }
    people = {name: given.person(name, team) for name in kept}
    for name, person in people.items():
        set_territories(person=person, territories=[kept[name]], by=SYSTEM)
    works, food = account("Works", industry="water"), account("Food", industry="food")
    return kept, list(people.values()), works, food


def asked(criterion, *accounts):
    """What the criterion gives, and whom the rule allows, account by account."""
    _rows, items = load_items("account", [row.pk for row in accounts])
    situation = Situation("account", given.MONDAY_10, items, load_people("account", given.MONDAY_10))
    return criterion.values(situation).tolist(), InTerritory().allows(situation).tolist(), situation


def test_without_rules_the_places_say_it_and_with_rules_that_say_nothing_new_they_say_the_same(cast):
    kept, _people, works, food = cast
    before = asked(Territory(), works, food)[:2]
    assert before[0] == [[1.0, 0.8, 0.0]] * 2
    ruled({kept["China"]: {"rank": 5}})
    assert asked(Territory(), works, food)[:2] == before


def test_the_account_counts_for_the_territory_whose_claim_is_strongest(cast):
    kept, _people, works, food = cast
    ruled({kept["Water"]: {"condition": WATER, "rank": 3}})
    values, allowed, situation = asked(Territory(), works, food)
    assert values == [[0.8, 0.8, 1.0], [1.0, 0.8, 0.0]]
    assert allowed == [[True, True, True], [True, True, False]]
    assert [Territory().words(situation, 0, person) for person in (0, 2)] == [
        "Territory East",
        "Territory Water",
    ]
    assert "East" in Territory().words(situation, 1, 2)


def test_an_account_that_came_just_now_is_looked_at_as_it_is(cast):
    kept, *_rest = cast
    ruled({kept["Water"]: {"condition": WATER, "rank": 3}})
    worked_out()
    new = account("New", industry="water")
    nowhere = account("Nowhere", "", "FR")
    values, allowed, _situation = asked(Territory(), new, nowhere)
    assert values == [[0.8, 0.8, 1.0], [0.0, 0.0, 0.0]]
    assert allowed[1] == [True, True, True]


def test_a_plan_changes_no_points(cast):
    kept, _people, works, _food = cast
    planned({kept["Water"]: {"condition": WATER, "rank": 1}})
    assert asked(Territory(), works)[0] == [[1.0, 0.8, 0.0]]
