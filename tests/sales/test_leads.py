"""Leads: taken in, moved on by rule, converted once, each refusal leaving all as it was."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import (
    ADMINISTRATOR,
    AGENT,
    AUDITOR,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
)
from kinflow.records.changing import Stale
from kinflow.sales.leads.actions import (
    WrongStage,
    assign_lead,
    capture_lead,
    change_lead,
    contact_lead,
    convert_lead,
    disqualify_lead,
    qualify_lead,
    reopen_lead,
)
from kinflow.sales.leads.rules import NEXT, STAGES, can_move, next_stages
from kinflow.sales.models import Lead, Opportunity
from kinflow.sales.opportunities.actions import open_opportunity
from tests.customers.cast import account, actor_for, all_rows, colleague, contact, names_told

ROLES = (REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER, ADMINISTRATOR, AUDITOR)
WORK = {
    "own": {REPRESENTATIVE, TEAM_LEAD, ADMINISTRATOR},
    "team": {TEAM_LEAD, ADMINISTRATOR},
    "other": {ADMINISTRATOR},
}


def lead(**more):
    return capture_lead(contact=contact(account=account()), need="两台泵", by=SYSTEM, **more)


def test_every_stage_has_its_next_ones_and_converted_is_the_end():
    assert set(NEXT) == {stage for stage, _label in STAGES}
    assert next_stages("converted") == frozenset()
    assert can_move("disqualified", "new")
    assert not can_move("new", "converted")


@pytest.mark.django_db
def test_a_lead_goes_from_interest_to_opportunity_with_all_it_had():
    who = colleague()
    row = assign_lead(lead=lead(), person=who, by=SYSTEM)
    row = qualify_lead(lead=contact_lead(lead=row, note="interested", by=SYSTEM), by=SYSTEM)
    sale = convert_lead(lead=row, amount=Decimal(500), by=SYSTEM)
    assert (sale.owner, sale.contact, sale.account, sale.amount) == (who, row.contact, row.account, 500)
    assert names_told("lead", row.pk) == [
        "sales.lead_captured",
        "sales.lead_assigned",
        "sales.lead_contacted",
        "sales.lead_qualified",
        "sales.lead_converted",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"source": "star"}, {"score": 101}, {"score": -1}])
def test_wrong_values_are_named_and_nothing_is_kept(wrong):
    who = contact()
    before = all_rows(who)
    with pytest.raises(Invalid) as refused:
        capture_lead(contact=who, **wrong, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == [f"/{next(iter(wrong))}"]
    assert all_rows(who) == before
    assert not Lead.objects.exists()


@pytest.mark.django_db
def test_a_disqualified_lead_can_be_taken_up_again():
    row = disqualify_lead(lead=lead(), reason="no_budget", by=SYSTEM)
    assert (row.stage, row.reason) == ("disqualified", "no_budget")
    row = reopen_lead(lead=row, by=SYSTEM)
    assert (row.stage, row.reason, row.closed_at) == ("new", "", None)


@pytest.mark.django_db
def test_what_the_stage_does_not_allow_changes_nothing():
    row = lead()
    before = all_rows(row)
    with pytest.raises(WrongStage):
        convert_lead(lead=row, by=SYSTEM)
    with pytest.raises(WrongStage):
        reopen_lead(lead=row, by=SYSTEM)
    with pytest.raises(Invalid):
        disqualify_lead(lead=row, reason="bad mood", by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_a_lead_without_account_needs_one_to_become_a_sale():
    row = qualify_lead(lead=capture_lead(contact=contact(), by=SYSTEM), by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(Invalid) as refused:
        convert_lead(lead=row, by=SYSTEM)
    assert refused.value.errors[0].pointer == "/account"
    assert all_rows(row) == before


@pytest.mark.django_db
def test_an_edit_of_what_changed_meanwhile_is_refused():
    row = lead()
    change_lead(lead=row, changes={"need": "三台泵"}, by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(Stale):
        change_lead(lead=row, changes={"need": "一台泵"}, seen={"need": "两台泵"}, by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
@pytest.mark.parametrize("whose", WORK)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_work_on_leads(role, whose):
    me = colleague()
    owner = {"own": me, "team": colleague("李娜"), "other": colleague("林涛", "West")}[whose]
    row, by = lead(owner=owner), actor_for(role, me)
    if role in WORK[whose]:
        assert qualify_lead(lead=row, by=by).stage == "qualified"
        return
    before = all_rows(row)
    with pytest.raises(Refused):
        qualify_lead(lead=row, by=by)
    assert all_rows(row) == before


@pytest.mark.django_db(transaction=True)
def test_two_people_converting_one_lead_make_one_opportunity():
    row = qualify_lead(lead=lead(), by=SYSTEM)
    open_opportunity(name="First", account=row.account, by=SYSTEM)  # sets up the pipeline
    gate, outcomes = threading.Barrier(2), []

    def convert():
        try:
            gate.wait()
            outcomes.append(convert_lead(lead=row, by=SYSTEM).pk)
        except WrongStage:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=convert) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert outcomes.count(None) == 1
    assert Opportunity.objects.exclude(name="First").count() == 1
    assert names_told("lead", row.pk).count("sales.lead_converted") == 1
