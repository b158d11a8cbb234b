"""SQL and memory give the same answer to every condition."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kinflow.conditions import Context, holds, parse, to_json, to_q

from .random_conditions import raw_conditions
from .world.models import Account, Lead
from .world.values import CONTEXTS
from .world.vocabulary import VOCABULARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]
THOROUGH = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="package")
def leads(filled, django_db_blocker) -> list[Lead]:
    """All leads with what is around them, loaded once."""
    rows = Lead.objects.select_related("contact__account__owner", "contact__account__unit", "owner", "unit")
    with django_db_blocker.unblock():
        return list(
            rows.prefetch_related(
                "products__leads",
                "contact__leads",
                "contact__account__contacts__leads__activities",
                "contact__account__contacts__account",
                "activities__person",
                "activities__lead__contact",
            )
        )


def answers(raw: Any, records: list[Any], context: Context, type_name: str) -> tuple[set[int], set[int]]:
    """The ids of the records for which the condition holds: from the database, and from memory."""
    condition = parse(raw, type_name, VOCABULARY)
    model = type(records[0])
    rows = model._default_manager.filter(to_q(condition, context)).values_list("pk", flat=True)
    return set(rows), {r.pk for r in records if holds(condition, r, context)}


@THOROUGH
@given(raw=raw_conditions(depth=0), context=st.sampled_from(CONTEXTS))
def test_a_single_test_selects_the_same_records_in_sql_and_in_memory(leads, raw, context):
    in_sql, in_memory = answers(raw, leads, context, "lead")
    assert in_sql == in_memory


# a comparison beyond the column's range, and a negation beside another use of the same join
BEYOND = {"not": {"not": {"field": "score", "op": "at_least", "value": -(2**53) + 1}}}
SHARED = {
    "any": [
        {"field": "contact", "op": "is", "value": 1},
        {"field": "contact.email", "op": "is_not", "value": "k"},
    ]
}


@THOROUGH
@example(raw=BEYOND, context=CONTEXTS[0])
@example(raw=SHARED, context=CONTEXTS[0])
@given(raw=raw_conditions(), context=st.sampled_from(CONTEXTS))
def test_a_nested_condition_selects_the_same_records_in_sql_and_in_memory(leads, raw, context):
    in_sql, in_memory = answers(raw, leads, context, "lead")
    assert in_sql == in_memory


@THOROUGH
@given(raw=raw_conditions("account", depth=2), context=st.sampled_from(CONTEXTS))
def test_several_hops_to_several_records_count_each_of_them_once(raw, context):
    accounts = list(Account.objects.prefetch_related("contacts__leads__activities", "contacts__account"))
    in_sql, in_memory = answers(raw, accounts, context, "account")
    assert in_sql == in_memory


@settings(THOROUGH, max_examples=200)
@given(raw=raw_conditions(depth=2), context=st.sampled_from(CONTEXTS))
def test_a_condition_and_its_negation_divide_all_records(leads, raw, context):
    selected, _ = answers(raw, leads, context, "lead")
    others, _ = answers({"not": raw}, leads, context, "lead")
    assert selected | others == {lead.pk for lead in leads}
    assert not selected & others


@settings(THOROUGH, max_examples=200)
@given(raw=raw_conditions())
def test_a_condition_written_and_parsed_again_is_the_same(raw):
    condition = parse(raw, "lead", VOCABULARY)
    assert parse(to_json(condition), "lead", VOCABULARY) == condition
