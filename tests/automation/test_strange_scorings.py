"""Scorings that make no sense are refused with the place; those that made sense once go on working."""

from datetime import UTC, date, datetime

import pytest

from kinflow.automation.assignments.actions import assign_by_scoring
from kinflow.automation.criteria.people import load_people
from kinflow.automation.scorings import using
from kinflow.automation.scorings.actions import change_scoring
from kinflow.automation.scorings.using import current_version
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.organisation.units.actions import close_unit

from . import given
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db

HUGE = 10**400


def criterion(**more: object) -> dict[str, object]:
    return {"criteria": [{"criterion": "language", "weight": 1, **more}]}


def rule(name: object, **parameters: object) -> dict[str, object]:
    return {"rules": ({"rule": name, "parameters": parameters},)}


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"position": "²"}, "/position"),
        ({"position": True}, "/position"),
        ({"tell": ["²"]}, "/tell/0"),
        ({"tell": ["9" * 5000]}, "/tell/0"),
        ({"fallback": HUGE}, "/fallback"),
        ({"minimum_points": HUGE}, "/minimum_points"),
        ({"name": "a\0b"}, "/name"),
        ({"name": ["a"]}, "/name"),
        ({"name_zh": "\ud800"}, "/name_zh"),
        ({"condition": [1]}, "/condition"),
        (criterion(weight=HUGE), "/criteria/0/weight"),
        (criterion(weight=True), "/criteria/0/weight"),
        (criterion(weight="1_0"), "/criteria/0/weight"),
        (criterion(criterion=[]), "/criteria/0/criterion"),
        (criterion(more="\0"), "/criteria/0/more"),
        (criterion(parameters={"needed": HUGE}), "/criteria/0/parameters/needed"),
        (criterion(parameters={"needed": True}), "/criteria/0/parameters/needed"),
        (criterion(parameters=[]), "/criteria/0/parameters"),
        (rule({}), "/eligibility/0/rule"),
        (rule("in_unit"), "/eligibility/0/parameters/unit"),
        (rule("in_unit", unit=[]), "/eligibility/0/parameters/unit"),
        (rule("in_territory", without_territory="perhaps"), "/eligibility/0/parameters/without_territory"),
        (rule("fits", condition="all"), "/eligibility/0/parameters/condition"),
        (
            rule("fits", condition={"all": [{"field": "shoe", "op": "is", "value": 1}]}),
            "/eligibility/0/parameters/condition/all/0/field",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(more, pointer):
    with pytest.raises(Invalid) as refused:
        lead_scoring(**more)
    assert [e.pointer for e in refused.value.errors] == [pointer]


def test_numbers_that_came_as_texts_are_kept_as_numbers():
    scoring = lead_scoring(criteria=[{"criterion": "load", "weight": "12.50"}])
    assert current_version(scoring).criteria == [{"criterion": "load", "weight": 12.5}]


def test_a_unit_that_is_closed_leaves_its_scoring_at_work():
    east, west = given.unit("East"), given.unit("West")
    chen = given.person("陈", east)
    lead_scoring(rules=({"rule": "in_unit", "parameters": {"unit": str(west.pk)}},), fallback=chen.pk)
    close_unit(unit=west, by=SYSTEM)
    using._draft.cache_clear()  # as in a process that starts afterwards
    assert assign_by_scoring(record=given.lead(), by=SYSTEM) == chen
    assert Entry.objects.get(name="automation.work_left_over").data["reasons"] == {"in_unit": 1}


def test_a_scoring_whose_unit_is_closed_can_be_mended():
    east, west = given.unit("East"), given.unit("West")
    scoring = lead_scoring(rules=({"rule": "in_unit", "parameters": {"unit": str(west.pk)}},))
    close_unit(unit=west, by=SYSTEM)
    renamed = change_scoring(scoring=scoring, changes={"name": "Leads of the east"}, by=SYSTEM)
    assert (renamed.name, renamed.number) == ("Leads of the east", 1)
    rules = [{"rule": "in_unit", "parameters": {"unit": str(east.pk)}}]
    assert change_scoring(scoring=scoring, changes={"eligibility": rules}, by=SYSTEM).number == 2
    with pytest.raises(Invalid) as refused:
        change_scoring(scoring=scoring, changes={"criteria": weights(shoe_size=1)}, by=SYSTEM)
    assert refused.value.errors[0].pointer == "/criteria/0/criterion"


def test_who_left_today_gets_nothing_from_the_first_hour_of_the_day_on():
    given.person("陈", given.unit(), left_on=date(2026, 11, 24))
    half_past_midnight = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert not len(load_people("lead", half_past_midnight).ids)
