"""Each shipped rule, switched on as it is, fires once for what it is about."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kinflow.automation.approvals.answering import answer_approval
from kinflow.automation.approvals.models import Approval
from kinflow.automation.rules.actions import add_rule, switch_rule
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleRun
from kinflow.automation.rules.recipes import RECIPES
from kinflow.customers.accounts.actions import add_account
from kinflow.customers.contacts.actions import add_contact
from kinflow.customers.duplicates.following import READER
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.organisation.users.actors import actor_of_person
from kinflow.sales.leads.actions import change_lead
from kinflow.sales.opportunities.actions import (
    discount_opportunity,
    move_opportunity,
    open_opportunity,
    win_opportunity,
)
from kinflow.sales.pipelines.models import Stage
from kinflow.service.cases.actions import open_case, reopen_case, solve_case

from . import given
from .rules_given import work

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def boss():
    return given.person("陈", given.unit(), roles=("administrator",), calendar=given.office_hours())


def switched_on(name, boss):
    recipe = next(r for r in RECIPES if r.name == name)
    rule = add_rule(
        kind=recipe.kind,
        name=recipe.names()["en"],
        owner=boss,
        shipped_as=name,
        by=SYSTEM,
        **recipe.content(),
    )
    switch_rule(rule=rule, is_active=True, by=SYSTEM)
    work()
    return rule


def outcomes(rule):
    return [
        (run.state, run.log[-1]["words"] if run.state != "done" else "")
        for run in RuleRun.objects.filter(rule=rule)
    ]


def deal(**more):
    account = add_account(name="Great Wall Pumps", grade=more.pop("grade", ""), by=SYSTEM)
    return open_opportunity(name="Pumps", account=account, by=SYSTEM, **more)


def case(boss):
    contact = add_contact(family_name="赵", given_name="敏", by=SYSTEM)
    return open_case(subject="It leaks", contact=contact, owner=agent(boss), by=SYSTEM)


def agent(boss):
    return given.person("孙", boss.unit, roles=("service_agent", "representative"), reports_to=boss)


def happen_follow_up(boss):
    row = deal()
    move_opportunity(opportunity=row, stage=Stage.objects.get(pipeline=row.pipeline, code="quote"), by=SYSTEM)
    work()
    return [7 * DAY, 8 * DAY]


def happen_hot_lead(boss):
    change_lead(lead=given.lead(owner=agent(boss)), changes={"score": 90}, by=SYSTEM)
    return [timedelta(seconds=1)]


def happen_renewal(boss):
    win_opportunity(opportunity=deal(), by=SYSTEM)
    work()
    return [200 * DAY, 280 * DAY]


def happen_sla_warning(boss):
    row = case(boss)
    work()
    return [
        row.due_at - timezone.now() - timedelta(hours=1),
        row.due_at - timezone.now() - timedelta(minutes=30),
    ]


def happen_sla_escalation(boss):
    row = case(boss)
    work()
    return [row.due_at - timezone.now() + timedelta(minutes=5), row.due_at - timezone.now() + DAY]


def happen_hand_over(boss):
    win_opportunity(opportunity=deal(), by=SYSTEM)
    return [timedelta(0)]


def happen_stale(boss):
    deal()
    work()
    return [29 * DAY, 31 * DAY, 40 * DAY]


def happen_discount(boss):
    discount_opportunity(opportunity=deal(owner=agent(boss)), discount=Decimal(20), by=SYSTEM)
    work()
    approval = Approval.objects.get(person=boss)
    answer_approval(approval=approval, answer="refused", comment="Too much", by=actor_of_person(boss))
    return [timedelta(minutes=1)]


def happen_reopened(boss):
    row = case(boss)
    for _turn in range(2):
        solve_case(case=row, solution="Mended", by=SYSTEM)
        reopen_case(case=row, reason="Not so", by=SYSTEM)
    return [timedelta(0)]


def happen_birthday(boss):
    born = timezone.localdate() + 10 * DAY
    add_contact(family_name="赵", birthday=f"{born:%m-%d}", owner=agent(boss), by=SYSTEM)
    work()
    return [5 * DAY, 8 * DAY, 9 * DAY, 20 * DAY]


def happen_anniversary(boss):
    since = timezone.localdate() - 340 * DAY
    add_account(
        name="Great Wall Pumps",
        life_stage="actual",
        customer_since=since,
        owner=agent(boss),
        by=SYSTEM,
    )
    work()
    return [5 * DAY, 20 * DAY, 21 * DAY, 40 * DAY]


def notice_duplicates():
    for entry in Entry.objects.filter(name__in=list(READER.handlers)).order_by("pk"):
        READER.handlers[entry.name](entry)


def happen_duplicate_contact(boss):
    for _time in range(2):
        add_contact(family_name="赵", given_name="敏", email="zhao@example.com", by=SYSTEM)
        notice_duplicates()
    return [timedelta(0), DAY]


def happen_duplicate_account(boss):
    for name in ("Great Wall Pumps Ltd", "Great Wall Pumps"):
        add_account(name=name, by=SYSTEM)
        notice_duplicates()
    return [timedelta(0), DAY]


def happen_silent_account(boss):
    deal(grade="A")
    work()
    return [29 * DAY, 31 * DAY, 40 * DAY]


@pytest.mark.parametrize("name", [r.name for r in RECIPES if r.name != "bounced"])
def test_a_shipped_rule_fires_once(boss, name):
    rule = switched_on(name, boss)
    begin = timezone.now()
    for ahead in globals()[f"happen_{name}"](boss):
        work(begin + ahead)
    assert outcomes(rule) == [("done", "")]


def test_a_returned_e_mail_asks_for_the_right_address(boss):
    from kinflow.contact_center.emails.events import AutomaticEmailReceived
    from kinflow.contact_center.emails.models import Email, Thread
    from kinflow.eventlog import action, record

    rule = switched_on("bounced", boss)
    contact = add_contact(family_name="赵", given_name="敏", by=SYSTEM)

    @action
    @given.in_domain("contact_center")
    def arrive(*, by):
        for kind in ("bounce", "receipt"):
            thread = Thread(key=kind)
            thread.save()
            mail = Email(
                thread=thread, contact=contact, subject="Back", is_automatic=True, message_id=f"<{kind}@x>"
            )
            mail.save()
            record(AutomaticEmailReceived(email=mail, thread=thread, contact=contact, kind=kind))

    arrive(by=SYSTEM)
    work()
    assert outcomes(rule) == [("done", "")]
    assert Entry.objects.filter(name="customers.activity_planned").count() == 1
