"""Opportunities, cases, activities and products come in from files, joined to who is known, and go again."""

from decimal import Decimal

import pytest
from django.utils.timezone import localtime

from kinflow.catalogue.models import Product
from kinflow.customers.models import Account, Activity, Contact
from kinflow.eventlog.models import Entry
from kinflow.records.importing.actions import undo_import
from kinflow.records.importing.running import run_import
from kinflow.sales.models import Opportunity
from kinflow.service.models import Case

from ... import factories
from .runs import SYSTEM, imported

pytestmark = pytest.mark.django_db

DEALS = """\
商机名称,客户名称,联系人,产品,销售阶段,预计金额,预计成交日期,赢率,负责人,输单原因
给水泵改造,海天机械有限公司,王建国,ls 100,方案报价,¥12万,2026-12-31,55%,张伟,
备件年单,海天机械,李梅,未知产品,赢单,$3000.50,2024-03-05,,不认识,
污水泵,杭州水务,,,输单,500,2024-04-01,,,价格
试用,杭州水务,,,天马行空,-5,,,,
,,,,报价,5,,,,
"""


def reasons(run):
    return {reject.number: reject.reason for reject in run.rejects.all()}


def undone(run):
    return run_import(undo_import(importrun=run, by=SYSTEM))


def test_deals_find_their_customers_products_stages_and_owners():
    owner = factories.person("张", "伟")
    account = factories.account(name="海天机械")
    product = factories.product(code="LS-100")
    run = imported(DEALS, "opportunity")
    assert reasons(run) == {5: "The amount cannot be negative.", 6: "An opportunity needs its account."}
    assert run.made == {"opportunity": 3, "account": 1, "contact": 2}
    first, won, lost = Opportunity.objects.order_by("pk")
    assert (first.account, first.owner, first.stage.code) == (account, owner, "quote")
    assert first.product == product
    assert (first.amount, first.currency, first.probability) == (Decimal(120_000), "CNY", 55)
    assert (won.outcome, won.amount, won.currency) == ("won", Decimal("3000.50"), "USD")
    assert f"{localtime(won.closed_at):%Y-%m-%d}" == "2024-03-05"
    assert "不认识" in won.notes
    assert "未知产品" in won.notes
    assert (lost.outcome, lost.reason, lost.probability) == ("lost", "price", 0)
    assert Entry.objects.filter(name="sales.opportunity_moved").count() == 1


def test_an_unknown_stage_is_the_first_one_and_noted():
    imported("Deal Name,Account Name,Stage,Amount\nPumps,Acme,Daydreaming,5\n", "opportunity")
    one = Opportunity.objects.get()
    assert (one.stage.code, one.outcome) == ("confirm", "open")
    assert "Daydreaming" in one.notes


def test_an_import_of_deals_is_taken_back_with_its_customers():
    run = undone(imported(DEALS, "opportunity"))
    assert (run.removed, run.kept) == (7, 0)
    assert not Opportunity.objects.exists()
    assert not Account.objects.exists()
    assert Entry.objects.filter(name="sales.opportunity_taken_back").count() == 3


CASES = """\
工单编号,主题,优先级,状态,客户名称,联系人,创建时间,截止时间,关闭时间,受理渠道
T1,泵漏水,特急,已关闭,海天机械,王建国,2024-03-01 09:00,2024-03-01 12:00,2024-03-01 15:00,电话
T2,更换密封,普通,处理中,海天机械,王建国,2026-03-02 09:00,2026-03-09 18:00,,邮件
T3,咨询,低,新建,,王建国,2026-03-02 09:00,,,传真
,,低,新建,,王建国,2026-03-02 09:00,,,
"""


def test_cases_keep_priority_state_and_times():
    run = imported(CASES, "case")
    assert list(reasons(run)) == [5]
    assert run.made == {"case": 3, "account": 1, "contact": 1}
    closed, open_, new = Case.objects.order_by("pk")
    assert (closed.priority, closed.status, closed.channel) == ("urgent", "closed", "phone")
    assert f"{localtime(closed.closed_at):%H:%M}" == "15:00"
    assert Entry.objects.get(name="service.case_solved").data["is_late"] is True
    assert (open_.status, f"{localtime(open_.due_at):%d %H:%M}") == ("open", "09 18:00")
    assert new.due_at is not None, "an open case gets the time of its priority"
    assert new.contact == closed.contact, "the only one of that name"
    assert (new.channel, "传真" in new.description) == ("other", True)
    run = undone(run)
    assert (run.kept, Case.objects.exists(), Contact.objects.exists()) == (0, False, False)


ACTIVITIES = """\
Type,Subject,Due date,Completed at,Status,Organization,Contact person,Assigned to user,Outcome
Call,First call,2024-03-01 10:00,2024-03-01 10:20,Completed,Acme Ltd,Ann Lee,,agreed
Meeting,Site meeting,2027-01-05 09:00,,Not Started,Acme,Ann Lee,Wei Zhang,
Deadline,Tender,2027-02-01,,Deferred,,,,
Call,,2027-02-01,,,,,,
"""


def test_activities_are_planned_done_or_cancelled():
    owner = factories.person("Zhang", "Wei")
    run = imported(ACTIVITIES, "activity")
    assert list(reasons(run)) == [5]
    assert run.made == {"activity": 3, "account": 1, "contact": 1}
    done, planned, cancelled = Activity.objects.order_by("pk")
    assert (done.kind, done.status, done.outcome) == ("call", "done", "agreed")
    assert f"{localtime(done.ended_at):%H:%M}" == "10:20"
    assert (planned.kind, planned.status, planned.owner) == ("meeting", "planned", owner)
    assert planned.contact == done.contact
    assert (cancelled.kind, cancelled.status) == ("task", "cancelled")
    assert {*Entry.objects.filter(name__startswith="customers.activity_").values_list("name", flat=True)} == {
        "customers.activity_logged",
        "customers.activity_planned",
        "customers.activity_assigned",
        "customers.activity_cancelled",
    }
    assert undone(run).removed == 5


PRODUCTS = "Product Code,Product Name,Unit Price,Currency,Active\nA-1,Pump A,99.5,EUR,yes\n,Pump B,¥5,,no\n,Pump C,-1,,\n"


def test_products_come_once():
    run = imported(PRODUCTS, "product")
    assert reasons(run) == {4: "The price cannot be negative."}
    one, other = Product.objects.order_by("pk")
    assert (one.code, one.price, one.currency, one.is_active) == ("A-1", Decimal("99.50"), "EUR", True)
    assert (other.code, other.currency, other.is_active) == ("PUMP-B", "CNY", False)
    again = imported("name\npumpb\nPUMP A\n", "product")
    assert (again.made.get("product", 0), again.matched) == (0, 2)
    assert undone(run).removed == 2
    assert not Product.objects.exists()


def test_what_a_product_has_no_field_for_becomes_its_notes():
    run = imported("name,list price,colour,description\nPump A,500,blue,For hot water\n", "product")
    product = Product.objects.get(name="Pump A")
    assert run.created == 1
    assert {"colour: blue", "description: For hot water"} <= set(product.notes.splitlines())
