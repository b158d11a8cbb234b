"""Weeks that pass in the demo: what was is older, new sales come, and what deployments brought is measured from them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from kinflow.customers.activities.models import Activity
from kinflow.demo.passing.ageing import age
from kinflow.demo.passing.people import NotTheDemo, book_of
from kinflow.demo.passing.weeks import Passed, Weeks, let_week_pass, pass_weeks
from kinflow.demo.seeding.history import take_over_history
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry, Mention
from kinflow.kit.problem import Refused
from kinflow.processes.benefits.judging import BETTER, OPEN, Result, benefit_of
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.deployments.models import Deployment, Placement
from kinflow.processes.deployments.placing import group_of
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation
from kinflow.sales.models import Opportunity
from tests.processes.deployments.test_deploying import deployed
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, owner

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
SEED, WEEKS = 4, 8
HOME = {"field": "account.country", "op": "is", "value": "CN"}
NONE = {"cases": 0, "parts": 0, "needless_mails": 0}
BEFORE = Volumes(accounts=20, contacts=60, known=10, strangers=2, returning=2, **NONE)
SINCE = Volumes(accounts=40, contacts=60, known=0, strangers=2, returning=700, **NONE)
ASKED = (
    "s start; write task; approve task; send task; e end",
    "s write; write approve; approve send; send e",
)
UNASKED = ("s start; write task; send task; e end", "s write; write send; send e")
CHECKED = (
    "s start; write task; check task; approve task; send task; e end",
    "s write; write check; check approve; approve send; send e",
)


def drawn(nodes: str, flows: str) -> bytes:
    return bpmn(nodes, flows).replace(b'name="approve"', b'name="Approve the discount"')


def on_trial(me: Any, name: str, after: tuple[str, str], **trigger: Any) -> Deployment:
    """A design that asks for discounts, and a version after it that goes live for half of the opportunities."""
    by = by_of(me)
    made = add_design(file=drawn(*ASKED), kind="opportunity", name=name, by=by)
    made = put_into_operation(processdesign=made, by=by)
    made = change_design(processdesign=made, file=drawn(*after), by=by)
    return deployed(me, made, way="share", share=50, trigger={"event": "sales.opportunity_opened", **trigger})


@pytest.fixture(scope="module", autouse=True)
def trials(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Deployment, Deployment, Passed]]:
    """A small company with two deployments, one of which leaves the approval out, eight weeks later."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:  # a share is drawn by these numbers, whatever ran before
            for model in (Deployment, Opportunity):
                cursor.execute(f"ALTER SEQUENCE {model._meta.db_table}_id_seq RESTART WITH 1")
        take_over_history(world=build(SEED, NOW, days=14, volumes=BEFORE), told=lambda _what: None, by=SYSTEM)
        add_shipped_processes(by=SYSTEM)
        me = owner()
        unasked, checked = on_trial(me, "Unasked", UNASKED), on_trial(me, "Checked", CHECKED, condition=HOME)
        before = unasked.created_at
        age(WEEKS)
        unasked.refresh_from_db()
        assert before - unasked.created_at == timedelta(weeks=WEEKS)
        passed = Passed()
        weeks = Weeks.begun(SEED, NOW, WEEKS, SINCE)
        for left in reversed(range(WEEKS)):
            passed.add(let_week_pass(weeks=weeks, until=NOW - timedelta(weeks=left), by=SYSTEM))
        yield unasked, checked, passed
        transaction.set_rollback(True)


def hours_of(deployment: Deployment) -> Result:
    """The hours until the quote is written, as the benefit page has them."""
    process = Process.objects.get(key="opportunity")
    deployment.milestone = {"process": process.pk, "step": "customers.activity_finished:quote"}
    return next(one for one in benefit_of(deployment, SYSTEM, NOW).results if one.figure == "step_hours")


def test_a_removed_approval_is_measured_as_hours_saved_and_a_kept_one_as_nothing(trials: Any) -> None:
    unasked, checked, _passed = trials
    gain, nothing = hours_of(unasked), hours_of(checked)
    assert min(gain.difference.new, gain.difference.compared) > 80
    assert (gain.verdict, nothing.verdict) == (BETTER, OPEN)
    assert gain.difference.value is not None
    assert gain.difference.value < -48


def test_opportunities_are_placed_as_live_operation_places_them_and_the_log_tells_it(trials: Any) -> None:
    unasked, checked, passed = trials
    placed = Placement.objects.filter(deployment=unasked)
    rows = Opportunity.objects.select_related("account").in_bulk(placed.values_list("about_id", flat=True))
    at_home = {pk for pk, row in rows.items() if row.account.country == "CN"}
    assert passed.came["opportunity_opened"] == len(rows) > 250 > len(rows) - len(at_home) > 10
    assert set(Placement.objects.filter(deployment=checked).values_list("about_id", flat=True)) == at_home
    assert passed.placed == len(rows) + len(at_home)
    assert all(each.group == group_of(unasked, rows[each.about_id]) for each in placed)
    told = Mention.objects.filter(
        kind="deployment", object_id=unasked.pk, entry__name="processes.record_placed"
    )
    assert told.count() == len(rows)


def test_who_is_spared_is_never_asked(trials: Any) -> None:
    unasked, _checked, _passed = trials
    placed = Placement.objects.filter(deployment=unasked)
    asked = set(
        Activity.objects.filter(kind="approval", topic="discount_approval").values_list("about_id", flat=True)
    )
    groups = {each.about_id: each.group for each in placed}
    assert {groups[pk] for pk in asked if pk in groups} == {"comparison"}


def test_causes_come_before_effects_and_the_log_is_in_order_of_time(trials: Any) -> None:
    _unasked, _checked, passed = trials
    newest = list(Entry.objects.order_by("-pk").values_list("at", flat=True)[: passed.entries])
    assert newest == sorted(newest, reverse=True)
    assert newest[0] <= NOW


def test_weeks_pass_in_the_demo_only(trials: Any) -> None:
    weeks = Weeks.begun(SEED, NOW, 2, BEFORE)
    with pytest.raises(Refused):
        let_week_pass(weeks=weeks, until=NOW, by=Actor("person", "1", roles=frozenset({"administrator"})))
    with pytest.raises(NotTheDemo):
        book_of(build(SEED + 1, NOW, days=14, volumes=BEFORE).company, NOW)
    with pytest.raises(ValueError, match="between"):
        pass_weeks(1, NOW, seed=SEED)
