"""Opportunities and pipelines: opened, moved, won, lost, reopened; stages kept by administrators."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import ADMINISTRATOR, REPRESENTATIVE, ROLES, TEAM_LEAD
from kinflow.records.changing import Stale
from kinflow.sales.models import Opportunity, Pipeline
from kinflow.sales.opportunities.actions import (
    assign_opportunity,
    change_opportunity,
    discount_opportunity,
    lose_opportunity,
    move_opportunity,
    open_opportunity,
    reopen_opportunity,
    win_opportunity,
)
from kinflow.sales.opportunities.closing import AlreadyClosed
from kinflow.sales.opportunities.rules import discounted, expected_amount, is_amount, is_discount
from kinflow.sales.pipelines.actions import (
    NameTaken,
    StageInUse,
    add_pipeline,
    add_stage,
    change_pipeline,
    change_stage,
    move_stage,
    remove_stage,
)
from kinflow.sales.pipelines.rules import code_of, is_probability, moved
from tests.customers.cast import account, actor_for, all_rows, colleague, names_told


def sale(**more):
    return open_opportunity(name="Pumps", account=account(), amount=Decimal(100), by=SYSTEM, **more)


def codes(pipeline):
    return list(pipeline.stages.order_by("position").values_list("code", flat=True))


def test_the_rules_of_amounts_and_stages():
    assert expected_amount(Decimal(100), 25) == Decimal("25.00")
    assert is_amount(Decimal(0))
    assert not is_amount(Decimal("NaN"))
    assert not is_amount(Decimal(-1))
    assert [is_probability(p) for p in (-1, 0, 100, 101)] == [False, True, True, False]
    assert code_of("Site visit", ["site-visit"]) == "site-visit-2"
    assert code_of("勘察", []) == "stage"
    assert moved(["a", "b", "c"], "a", 9) == ["b", "c", "a"]


def test_the_rules_of_discounts():
    assert [is_discount(Decimal(d)) for d in ("-0.01", "0", "99.99", "100", "1.005", "NaN")] == [
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert discounted(Decimal(100), Decimal(0), Decimal("12.5")) == Decimal("87.50")
    assert discounted(Decimal("87.50"), Decimal("12.5"), Decimal(0)) == Decimal(100)


@pytest.mark.django_db
def test_a_discount_takes_the_amount_with_it():
    row = discount_opportunity(opportunity=sale(), discount=Decimal("12.5"), by=SYSTEM)
    assert (row.discount, row.amount) == (Decimal("12.5"), Decimal("87.50"))
    discount_opportunity(opportunity=row, discount=Decimal("12.50"), by=SYSTEM)
    row = discount_opportunity(opportunity=row, discount=Decimal(20), by=SYSTEM)
    assert row.amount == Decimal(80)
    told = names_told("opportunity", row.pk)
    assert told == [
        "sales.opportunity_opened",
        "sales.opportunity_discounted",
        "sales.opportunity_discounted",
    ]


@pytest.mark.django_db
def test_no_discount_on_what_is_closed_nor_beyond_the_price():
    row = sale()
    for wrong in ("-1", "100", "NaN", "1.234"):
        with pytest.raises(Invalid):
            discount_opportunity(opportunity=row, discount=Decimal(wrong), by=SYSTEM)
    win_opportunity(opportunity=row, by=SYSTEM)
    with pytest.raises(AlreadyClosed):
        discount_opportunity(opportunity=row, discount=Decimal(5), by=SYSTEM)


@pytest.mark.django_db
def test_a_sale_is_moved_lost_reopened_and_won():
    row = sale()
    design = row.pipeline.stages.get(code="design")
    row = move_opportunity(opportunity=row, stage=design, by=SYSTEM)
    assert (row.stage, row.probability) == (design, design.probability)
    row = lose_opportunity(opportunity=row, reason="price", by=SYSTEM)
    assert (row.outcome, row.probability) == ("lost", 0)
    row = reopen_opportunity(opportunity=row, by=SYSTEM)
    assert (row.outcome, row.probability, row.reason) == ("open", design.probability, "")
    row = win_opportunity(opportunity=row, amount=Decimal(90), by=SYSTEM)
    assert (row.outcome, row.probability, row.amount) == ("won", 100, 90)
    assert [name.removeprefix("sales.opportunity_") for name in names_told("opportunity", row.pk)] == [
        "opened",
        "moved",
        "lost",
        "reopened",
        "won",
    ]


@pytest.mark.django_db
def test_what_is_closed_stays_as_it_is_until_it_is_reopened():
    row = win_opportunity(opportunity=sale(), by=SYSTEM)
    before = all_rows(row)
    for run in (win_opportunity, lambda **k: lose_opportunity(reason="price", **k)):
        with pytest.raises(AlreadyClosed):
            run(opportunity=row, by=SYSTEM)
    with pytest.raises(AlreadyClosed):
        move_opportunity(opportunity=row, stage=row.pipeline.stages.get(code="quote"), by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_wrong_values_change_nothing():
    row = sale()
    elsewhere = add_pipeline(name="Partners", by=SYSTEM).stages.all()[0]
    before = all_rows(row)
    with pytest.raises(Invalid):
        move_opportunity(opportunity=row, stage=elsewhere, by=SYSTEM)
    with pytest.raises(Invalid):
        win_opportunity(opportunity=row, amount=Decimal(-1), by=SYSTEM)
    with pytest.raises(Invalid):
        lose_opportunity(opportunity=row, reason="bad luck", by=SYSTEM)
    with pytest.raises(Invalid):
        change_opportunity(opportunity=row, changes={"amount": "-5"}, by=SYSTEM)
    with pytest.raises(Invalid):
        open_opportunity(name=" ", account=row.account, by=SYSTEM)
    with pytest.raises(Invalid):
        open_opportunity(name="A", account=row.account, amount=Decimal(-1), by=SYSTEM)
    with pytest.raises(AlreadyClosed):
        reopen_opportunity(opportunity=row, by=SYSTEM)
    assert all_rows(row) == before
    assert Opportunity.objects.count() == 1


@pytest.mark.django_db
def test_an_edit_of_what_changed_meanwhile_is_refused():
    row = sale()
    change_opportunity(opportunity=row, changes={"name": "New"}, by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(Stale):
        change_opportunity(opportunity=row, changes={"name": "Mine"}, seen={"name": "Pumps"}, by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["own", "team", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_win_and_assign_sales(role, whose):
    me = colleague()
    owner = {"own": me, "team": colleague("李娜"), "other": colleague("林涛", "West")}[whose]
    row, by = sale(owner=owner), actor_for(role, me)
    leads = {ADMINISTRATOR} | ({TEAM_LEAD} if whose != "other" else set())
    workers = leads | ({REPRESENTATIVE} if whose == "own" else set())
    for may, run in (
        (role in workers, lambda: win_opportunity(opportunity=row, by=by)),
        (role in leads, lambda: assign_opportunity(opportunity=row, person=me, by=by)),
    ):
        before = all_rows(row)
        if may:
            run()
            assert all_rows(row) != before
        else:
            with pytest.raises(Refused):
                run()
            assert all_rows(row) == before


@pytest.mark.django_db
def test_administrators_add_rename_reorder_and_remove_stages():
    by = actor_for(ADMINISTRATOR, colleague())
    pipeline = add_pipeline(name="Service", name_zh="服务", by=by)
    visit = add_stage(pipeline=pipeline, name="Site visit", probability=30, by=by)
    visit = change_stage(stage=visit, changes={"name": "Survey", "probability": 35}, by=by)
    visit = move_stage(stage=visit, position=1, by=by)
    assert (visit.name, visit.probability, codes(pipeline)[0]) == ("Survey", 35, "site-visit")
    remove_stage(stage=visit, by=by)
    assert codes(pipeline) == ["confirm", "analyse", "design", "quote", "negotiate"]


@pytest.mark.django_db
def test_only_one_pipeline_is_the_usual_one():
    first = add_pipeline(name="A", is_default=True, by=SYSTEM)
    second = change_pipeline(
        pipeline=add_pipeline(name="B", by=SYSTEM), changes={"is_default": True}, by=SYSTEM
    )
    assert list(Pipeline.objects.filter(is_default=True)) == [second]
    assert names_told("pipeline", first.pk)[-1] == "sales.pipeline_changed"


@pytest.mark.django_db
def test_a_stage_in_use_stays():
    row = sale()
    before = all_rows(row, row.stage)
    with pytest.raises(StageInUse):
        remove_stage(stage=row.stage, by=SYSTEM)
    with pytest.raises(Invalid):
        add_stage(pipeline=row.pipeline, name="X", probability=101, by=SYSTEM)
    with pytest.raises(Invalid):
        change_stage(stage=row.stage, changes={"probability": 101}, by=SYSTEM)
    with pytest.raises(Invalid):
        move_stage(stage=row.stage, position=0, by=SYSTEM)
    with pytest.raises(NameTaken):
        add_pipeline(name=row.pipeline.name, by=SYSTEM)
    assert all_rows(row, row.stage) == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(ROLES) - {ADMINISTRATOR}))
def test_nobody_else_touches_stages(role):
    by, pipeline = actor_for(role, colleague()), add_pipeline(name="Sales", by=SYSTEM)
    before = all_rows(pipeline)
    with pytest.raises(Refused):
        add_stage(pipeline=pipeline, name="X", by=by)
    with pytest.raises(Refused):
        remove_stage(stage=pipeline.stages.all()[0], by=by)
    assert all_rows(pipeline) == before


@pytest.mark.django_db(transaction=True)
def test_two_people_winning_one_sale_win_it_once():
    row = sale()
    gate, outcomes = threading.Barrier(2), []

    def win(amount):
        try:
            gate.wait()
            outcomes.append(win_opportunity(opportunity=row, amount=Decimal(amount), by=SYSTEM).amount)
        except AlreadyClosed:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=win, args=(amount,)) for amount in (80, 90)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert len(outcomes) == 2
    assert outcomes.count(None) == 1
    assert row.amount in outcomes
    assert names_told("opportunity", row.pk).count("sales.opportunity_won") == 1
