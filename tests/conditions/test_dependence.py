"""What a condition depends on, insists on, and names."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinflow.conditions import constants, holds, parse, related_ids, relevant_fields
from kinflow.conditions.tree import Condition, Has, Not, Test
from kinflow.conditions.walking import value_at

from .random_conditions import raw_conditions
from .world.models import Lead
from .world.values import CONTEXTS
from .world.vocabulary import VOCABULARY

NEW = {"field": "stage", "op": "is", "value": 1}
EARLY = {"field": "stage", "op": "any_of", "value": [1, 2]}
WET = {"field": "contact.account.industry", "op": "is", "value": "water"}
MINE = {"field": "owner", "op": "is", "value": {"me": True}}


def lead(raw: object) -> Condition:
    return parse(raw, "lead", VOCABULARY)


def test_every_hop_of_every_path_is_relevant():
    where = {"field": "person.name", "op": "is", "value": "x"}
    assert relevant_fields(
        lead({"any": [WET, {"not": {"has": "contact.leads", "where": {"has_no": "products"}}}]})
    ) == {
        ("lead", "contact"),
        ("contact", "account"),
        ("account", "industry"),
        ("contact", "leads"),
        ("lead", "products"),
    }
    assert relevant_fields(lead({"has_no": "activities", "where": where})) == {
        ("lead", "activities"),
        ("activity", "person"),
        ("person", "name"),
    }
    assert relevant_fields(lead({})) == set()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (NEW, {"stage": {1}}),
        (EARLY, {"stage": {1, 2}}),
        ({"all": [NEW, EARLY, WET]}, {"stage": {1}, "contact.account.industry": {"water"}}),
        ({"any": [{"all": [NEW, WET]}, EARLY]}, {"stage": {1, 2}}),
        ({"any": [NEW, WET]}, {}),
        ({"any": [NEW, {}]}, {}),
        ({"not": NEW}, {}),
        (MINE, {}),
        ({"all": [NEW, {"field": "stage", "op": "is", "value": 2}]}, {"stage": set()}),
        ({"field": "topics", "op": "any_of", "value": ["a"]}, {}),
    ],
)
def test_constants_are_what_a_record_must_have(raw, expected):
    assert constants(lead(raw)) == expected


def test_related_records_are_named_by_type():
    owners = {"field": "owner", "op": "any_of", "value": [{"me": True}, 3, 4]}
    people = {"field": "person", "op": "is", "value": 5}
    condition = lead({"all": [owners, NEW, {"has": "activities", "where": people}]})
    assert related_ids(condition) == {"person": {3, 4, 5}}


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=raw_conditions(depth=2), context=st.sampled_from(CONTEXTS))
def test_no_record_without_the_constants_passes(raw, context):
    condition = lead(raw)
    needed = constants(condition)
    if not needed:
        return
    steps = {node.path: node.steps for node in own_tests(condition)}
    for record in Lead.objects.select_related("contact__account"):
        if holds(condition, record, context):
            for path, values in needed.items():
                assert value_at(record, steps[path]) in values


def own_tests(condition: Condition) -> list[Test]:
    """The tests on the record itself, not those on related ones."""
    match condition:
        case Test():
            return [condition]
        case Has():
            return []
        case Not(part):
            return own_tests(part)
        case _:
            return [found for part in condition.parts for found in own_tests(part)]
