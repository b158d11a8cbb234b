"""Scorings: added, changed in versions, refused where something is wrong."""

import pytest

from kinflow.automation.scorings.actions import add_scoring, change_scoring, restore_scoring, switch_scoring
from kinflow.automation.scorings.drafts import read_draft
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, NotFound, Refused
from kinflow.records.access import ROLES
from kinflow.records.changing import Stale

from . import given
from .given import OWNER
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db


def pointers(**content):
    """What is refused, by place."""
    with pytest.raises(Invalid) as refused:
        read_draft(content)
    return [e.pointer for e in refused.value.errors]


def test_a_change_of_content_makes_a_version_and_keeps_the_old():
    scoring = lead_scoring()
    scoring = change_scoring(scoring=scoring, changes={"criteria": weights(load=3)}, seen=1, by=OWNER)
    assert scoring.number == 2
    assert [v.number for v in scoring.versions.all()] == [2, 1]
    assert scoring.versions.get(number=1).criteria == weights(product_knowledge=25, load=10)
    assert Entry.objects.get(name="automation.scoring_changed").data["number"] == 2


def test_another_name_makes_no_version():
    scoring = change_scoring(scoring=lead_scoring(), changes={"name": "Better"}, by=OWNER)
    assert (scoring.name, scoring.number) == ("Better", 1)


def test_nothing_changed_is_nothing_told():
    change_scoring(scoring=lead_scoring(), changes={"name": "Leads"}, by=OWNER)
    assert not Entry.objects.filter(name="automation.scoring_changed").exists()


def test_a_stale_edit_is_refused():
    scoring = lead_scoring()
    change_scoring(scoring=scoring, changes={"criteria": weights(load=3)}, seen=1, by=OWNER)
    with pytest.raises(Stale):
        change_scoring(scoring=scoring, changes={"criteria": weights(load=4)}, seen=1, by=OWNER)


def test_an_earlier_version_comes_back_as_a_new_one():
    scoring = lead_scoring()
    change_scoring(scoring=scoring, changes={"criteria": weights(load=3)}, by=OWNER)
    scoring = restore_scoring(scoring=scoring, number=1, by=OWNER)
    assert scoring.number == 3
    assert scoring.versions.get(number=3).criteria == weights(product_knowledge=25, load=10)
    with pytest.raises(NotFound):
        restore_scoring(scoring=scoring, number=99, by=OWNER)


def test_switching_is_told_once():
    scoring = lead_scoring()
    switch_scoring(scoring=scoring, is_active=False, by=OWNER)
    switch_scoring(scoring=scoring, is_active=False, by=OWNER)
    assert Entry.objects.filter(name="automation.scoring_switched_off").count() == 1


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), "much", None, 1e300])
def test_weights_must_be_finite(weight):
    assert pointers(criteria=[{"criterion": "load", "weight": weight}]) == ["/criteria/0/weight"]


def test_negative_weights_are_allowed():
    assert read_draft({"criteria": weights(load=-5)}).criteria[0].weight == -5


def test_unknown_parts_are_named():
    content = {
        "criteria": [
            {"criterion": "horoscope", "weight": 1},
            {"criterion": "language", "weight": 1, "parameters": {"needed": 9, "mood": 1}},
        ],
        "eligibility": [{"rule": "nobody"}, "absent"],
        "fallback": 999_999,
        "minimum_points": "few",
    }
    assert pointers(**content) == [
        "/criteria/0/criterion",
        "/criteria/1/parameters/mood",
        "/criteria/1/parameters/needed",
        "/eligibility/0/rule",
        "/eligibility/1/rule",
        "/fallback",
        "/minimum_points",
    ]


def test_a_scoring_needs_a_criterion():
    assert pointers(criteria=[]) == ["/criteria"]


def test_conditions_over_unknown_fields_are_refused():
    with pytest.raises(Invalid) as refused:
        lead_scoring(condition={"field": "shoe_size", "op": "is", "value": 43})
    assert refused.value.errors[0].pointer.startswith("/condition")


def test_kind_and_name_are_checked():
    lead_scoring()
    with pytest.raises(Invalid) as refused:
        lead_scoring()
    assert refused.value.errors[0].pointer == "/name"
    with pytest.raises(Invalid):
        add_scoring(kind="pizza", name="x", criteria=weights(load=1), by=OWNER)


@pytest.mark.parametrize("role", ROLES)
def test_only_process_owners_and_administrators_change_scorings(role):
    scoring = lead_scoring()
    by = Actor("person", "1", "Somebody", roles=frozenset({role}))
    if role in ("process_owner", "administrator"):
        assert change_scoring(scoring=scoring, changes={"name": "New"}, by=by).name == "New"
    else:
        with pytest.raises(Refused):
            change_scoring(scoring=scoring, changes={"name": "New"}, by=by)


def test_people_who_left_are_no_fallback():
    from datetime import date

    gone = given.person("陈", given.unit(), left_on=date(2020, 1, 1))
    assert pointers(criteria=weights(load=1), fallback=gone.pk) == ["/fallback"]
