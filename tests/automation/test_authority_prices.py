"""A lower amount is a discount, whichever way it comes: form, list, API, rules and processes ask the policy alike."""

from decimal import Decimal
from inspect import signature
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from kinflow.automation.approvals.models import Approval
from kinflow.automation.authority.actions import switch_policy
from kinflow.automation.authority.models import AuthorityUse
from kinflow.automation.rules.models import RuleRun
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.execution.actions import start_process
from kinflow.records.faces import registry
from kinflow.records.matters import BeyondAuthority
from kinflow.sales.models import Opportunity
from kinflow.sales.opportunities import actions
from kinflow.sales.opportunities.actions import (
    change_opportunity,
    discount_opportunity,
    lose_opportunity,
    reopen_opportunity,
    win_opportunity,
)
from kinflow.sales.opportunities.rules import discount_to, price_of
from tests.api.given import Caller, token_of, user_of
from tests.processes.execution.given import at, design, follow
from tests.records.importing.runs import imported

from . import given
from .authority_given import cast, policy
from .rules_given import happens, rule, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def us():
    return cast()


def change(us, by=None, **changes):
    return change_opportunity(opportunity=us.sale, changes=changes, by=by or us.by)


def now(us):
    us.sale.refresh_from_db()
    return us.sale.amount, us.sale.discount


def refused(run):
    with pytest.raises(BeyondAuthority) as told:
        run()
    return told.value


def test_the_price_is_the_amount_without_the_discount():
    assert price_of(Decimal(90), Decimal(10)) == 100
    assert discount_to(Decimal("87.65"), Decimal(100)) == Decimal("12.35")
    assert discount_to(Decimal(120), Decimal(100)) == 0
    assert discount_to(Decimal(0), Decimal(100)) == 100


def test_within_authority_a_lower_amount_is_a_discount_and_the_log_says_so(us):
    policy()
    change(us, amount=950)
    assert now(us) == (950, 5)
    assert AuthorityUse.objects.get().outcome == "alone"
    entry = Entry.objects.filter(name="sales.opportunity_changed").get()
    assert set(entry.data["changes"]) == {"amount", "discount"}
    assert Entry.objects.filter(name="automation.decided_alone").count() == 1


def test_beyond_it_nothing_is_changed_and_the_field_and_the_remedy_are_named_in_both_languages(us):
    policy()
    told = refused(lambda: change(us, amount=900, notes="Cheaper"))
    assert now(us) == (1000, 0)
    assert us.sale.notes == ""
    assert [(e.pointer, str(e.message)) for e in told.errors] == [
        ("/amount", "That is 10.00 % below the price: more than may be decided alone.")
    ]
    assert "Give a discount" in told.remedy
    assert not AuthorityUse.objects.exists()
    assert not Approval.objects.exists()
    with translation.override("zh-hans"):
        told = refused(lambda: change(us, amount=900))
        assert "10.00%" in str(told.errors[0].message)
        assert "给予折扣" in told.remedy


def test_small_steps_add_up(us):
    policy()
    change(us, amount=970)
    change(us, amount=950)
    refused(lambda: change(us, amount=940))
    assert now(us) == (950, 5)


def test_to_nothing_is_all_of_the_price_and_what_had_no_amount_had_no_price(us):
    policy()
    refused(lambda: change(us, amount=0))
    switch_policy(policy=us_policy(), is_active=False, by=SYSTEM)
    change(us, amount=0)
    switch_policy(policy=us_policy(), is_active=True, by=SYSTEM)
    change(us, amount=10)
    assert now(us) == (10, 0)


def let_own(rep):
    """The representative may own rules and designs."""
    rep.roles = ["representative", "process_owner"]
    given.put(rows=[rep], by=SYSTEM)


def us_policy():
    return AuthorityUse._meta.get_field("policy").related_model.objects.get()


def test_a_higher_amount_takes_the_discount_back_and_asks_nobody(us):
    policy()
    change(us, amount=950)
    change(us, amount=980)
    assert now(us) == (980, 2)
    change(us, amount=1200)
    assert now(us) == (1200, 0)
    assert AuthorityUse.objects.count() == 1


def test_another_currency_is_a_price_that_cannot_be_measured(us):
    policy()
    told = refused(lambda: change(us, currency="JPY", amount=20_000))
    assert [e.pointer for e in told.errors] == ["/currency"]
    assert now(us) == (1000, 0)


def test_policies_ask_about_the_sale_as_it_was(us):
    rows = [
        {"when": ["< 900"], "then": ["alone"], "note": ""},
        {"when": ["-"], "then": ["nobody"], "note": ""},
    ]
    content = {
        "hit": "first", "collect": "", "rows": rows,
        "inputs": [{"expression": "record.amount", "label": "", "label_zh": "", "allowed": ""}],
        "outputs": [{"name": "who", "label": "Who", "label_zh": "谁", "sort": "text", "values": []}],
    }  # fmt: skip
    policy(content=content)
    refused(lambda: change(us, amount=800))


def test_without_a_policy_and_for_programs_of_the_company_it_is_as_it_was(us):
    made = policy()
    change(us, by=SYSTEM, amount=900)
    assert now(us) == (900, 0)
    switch_policy(policy=made, is_active=False, by=SYSTEM)
    change(us, amount=100)
    assert now(us) == (100, 0)


def test_a_sale_is_not_won_below_the_price_either(us):
    policy()
    told = refused(lambda: win_opportunity(opportunity=us.sale, amount=Decimal(900), by=us.by))
    assert [e.pointer for e in told.errors] == ["/amount"]
    won = win_opportunity(opportunity=us.sale, amount=Decimal(960), by=us.by)
    assert (won.outcome, *now(us)) == ("won", 960, 4)
    assert Entry.objects.filter(name="sales.opportunity_discounted").count() == 1


def test_what_is_closed_is_no_way_round(us):
    policy()
    lose_opportunity(opportunity=us.sale, reason="price", by=us.by)
    told = refused(lambda: change(us, amount=100))
    assert "Reopen it" in told.remedy
    reopen_opportunity(opportunity=us.sale, by=us.by)
    assert now(us) == (1000, 0)


def test_what_was_approved_is_the_measure_of_what_comes_after(us):
    policy(limit="20")
    discount_opportunity(opportunity=us.sale, discount=Decimal(20), by=us.by)
    refused(lambda: change(us, amount=790))
    assert now(us) == (800, 20)


def test_in_the_list_and_on_the_page_the_field_says_why_and_what_to_do(us):
    policy()
    client = Client()
    client.force_login(user_of(us.rep), "kinflow.organisation.users.backend.Backend")
    address = f"/opportunities/{us.sale.pk}/edit/amount/"
    answer = client.post(address, {"value": "900", "seen": '"1000.00"'}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "10.00 % below the price" in page
    assert "Give a discount" in page
    assert now(us) == (1000, 0)
    client.post(address, {"value": "960", "seen": '"1000.00"'}, headers={"HX-Request": "true"})
    assert now(us) == (960, 4)


def test_over_the_api_it_is_a_problem_that_names_the_field(us):
    policy()
    door = Caller(us.rep, token_of(user_of(us.rep)), Client())
    answer = door.patch(f"/opportunities/{us.sale.pk}", {"changes": {"amount": "900"}})
    assert answer.status_code == 403
    told = answer.json()
    assert told["code"] == "beyond-authority"
    assert [each["pointer"] for each in told["errors"]] == ["/amount"]
    assert told["remedy"]
    won = door.post(f"/opportunities/{us.sale.pk}/do/win", {"amount": "900"})
    assert won.status_code == 403
    assert now(us) == (1000, 0)
    assert door.patch(f"/opportunities/{us.sale.pk}", {"changes": {"amount": "990"}}).status_code == 200


CHEAPER = {"step": "change_fields", "parameters": {"values": {"amount": "900"}}}


def move_where_a_rule_makes_it_cheaper(us):
    let_own(us.rep)
    rule(
        us.rep,
        name="Cheaper",
        kind="opportunity",
        trigger=happens("sales.opportunity_moved"),
        steps=[CHEAPER],
    )
    stage = us.sale.pipeline.stages.get(code="design")
    actions.move_opportunity(opportunity=us.sale, stage=stage, by=us.by)
    work()


def test_a_rule_has_the_authority_of_its_owner_and_no_more(us):
    policy()
    move_where_a_rule_makes_it_cheaper(us)
    assert now(us) == (1000, 0)
    run = RuleRun.objects.get()
    assert run.state != "done"
    assert "10.00 % below the price" in str(run.log)


def test_a_rule_of_who_may_decide_it_does_it(us):
    policy(limit="10")
    move_where_a_rule_makes_it_cheaper(us)
    assert now(us) == (900, 10)
    assert AuthorityUse.objects.get().person == us.rep


def test_a_process_has_the_authority_of_its_owner_and_no_more(us):
    policy()
    let_own(us.rep)
    bound = {"a": {"do": [CHEAPER]}}
    made = design(us.rep, "s start; a auto; e end", "s a; a e", bound, kind="opportunity")
    began = start_process(design=made, about=us.sale, by=given.actor(us.rep))
    follow()
    assert now(us) == (1000, 0)
    assert at(began) == ["a"]


def test_an_import_makes_sales_of_its_own_and_changes_none(us):
    policy()
    by = SimpleNamespace(table="Name,Account,Amount\nPumps,Haitian,100\n")
    imported(by.table.encode(), kind="opportunity")
    assert now(us) == (1000, 0)
    assert Opportunity.objects.exclude(pk=us.sale.pk).get().amount == 100


def test_no_other_way_leads_to_the_price():
    face = registry["opportunity"]
    taking = {
        verb.name
        for verb in face.verbs
        if {"amount", "discount", "currency", "changes"} & set(signature(verb.action).parameters)
    }
    assert taking == {"discount", "win"}
    assert not taking & {verb.name for verb in face.verbs if verb.bulk}
    assert not face.by_name["discount"].editable
