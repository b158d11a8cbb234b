"""What-if: a plan says what it would move, moves it in one step, and can be taken back."""

import pytest

from kinflow.conditions import EVERYTHING, ConditionError
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.skills.actions import change_territory
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE
from kinflow.sales.models import TerritoryMove
from kinflow.sales.territories import rules
from kinflow.sales.territories.models import NotOpen
from kinflow.sales.territories.plans import apply_territory_plan, propose_territory_plan, undo_territory_plan

from ...records.small_world import actor
from .given import ADMIN, WATER, account, newest, placed, planned, ruled, territory, worked_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two accounts in the east, one of them a waterworks, and a territory that claims nothing yet."""
    east, water = territory("East", "CN-ZJ"), territory("Water")
    account("Works", industry="water"), account("Food")
    worked_out()
    return east, water


def test_a_plan_tells_what_would_move_and_moves_nothing(world):
    east, water = world
    plan = planned({water: {"condition": WATER, "rank": 3}})
    assert placed() == {"Works": "East", "Food": "East"}
    assert plan.figures["moved"] == 1
    assert plan.figures["flows"] == [[east.pk, water.pk, 1]]
    assert [(t["before"], t["after"]) for t in plan.figures["territories"]] == [(2, 1), (0, 1)]
    assert list(TerritoryMove.objects.values_list("before_id", "after_id")) == [(east.pk, water.pk)]


def test_applied_in_one_step_with_events_and_taken_back(world):
    _east, water = world
    plan = planned({water: {"condition": WATER, "rank": 3, "places": ["CN"]}})
    before = newest()
    apply_territory_plan(plan=plan, by=ADMIN)
    assert placed() == {"Works": "Water", "Food": "East"}
    names = list(Entry.objects.filter(pk__gt=before).order_by("pk").values_list("name", flat=True))
    assert names == [
        "sales.territory_rule_changed",
        "organisation.territory_changed",
        "sales.account_placed",
        "sales.territory_plan_applied",
    ]
    with pytest.raises(NotOpen):
        apply_territory_plan(plan=plan, by=ADMIN)
    undo_territory_plan(plan=plan, by=ADMIN)
    assert placed() == {"Works": "East", "Food": "East"}
    water.refresh_from_db()
    assert water.places == []


def test_a_plan_over_rules_that_changed_since_is_refused(world):
    _east, water = world
    stale, other = planned({water: {"condition": WATER}}), planned({water: {"condition": WATER, "rank": 2}})
    apply_territory_plan(plan=other, by=ADMIN)
    with pytest.raises(NotOpen, match="Water"):
        apply_territory_plan(plan=stale, by=ADMIN)
    change_territory(territory=water, changes={"places": ["DE"]}, by=ADMIN)
    with pytest.raises(NotOpen, match="Water"):
        undo_territory_plan(plan=other, by=ADMIN)


def test_an_open_plan_is_worked_out_anew_and_an_applied_one_is_not(world):
    east, water = world
    plan = planned({water: {"condition": WATER, "rank": 3}})
    plan = planned({water: {"condition": WATER, "rank": 3}, east: {"places": []}}, instead=plan)
    assert plan.figures["without"] == [0, 1]
    assert plan.moves.count() == 2
    apply_territory_plan(plan=plan, by=ADMIN)
    with pytest.raises(NotOpen):
        planned({water: {"rank": 1}}, instead=plan)


@pytest.mark.parametrize("changes", [{}, {0: {}}, {"here": {"named": [0]}}])
def test_plans_over_nothing_and_over_what_does_not_exist_are_refused(world, changes):
    given = {world[0].pk if key == "here" else key: rule for key, rule in changes.items()}
    with pytest.raises(Invalid):
        propose_territory_plan(changes=given, by=ADMIN)


def test_process_owners_plan_and_administrators_apply(world):
    _east, water = world
    owner = actor(PROCESS_OWNER)
    plan = propose_territory_plan(changes={water.pk: {"condition": WATER}}, by=owner)
    with pytest.raises(Refused):
        apply_territory_plan(plan=plan, by=owner)
    with pytest.raises(Refused):
        propose_territory_plan(changes={water.pk: {"condition": WATER}}, by=actor(REPRESENTATIVE))


def test_a_rule_over_a_field_that_is_gone_claims_only_by_name_and_is_kept(world, monkeypatch):
    _east, water = world
    ruled({water: {"condition": WATER, "rank": 3}})

    def gone(raw, *_more):
        if raw:
            raise ConditionError("/", "The field is gone.")
        return EVERYTHING

    monkeypatch.setattr(rules, "parse", gone)
    assert worked_out() == {"Works": "East", "Food": "East"}
    kept = rules.rule_of(water.pk, {"condition": WATER})
    assert "gone" in kept.fault
    assert kept.kept()["condition"] == WATER
