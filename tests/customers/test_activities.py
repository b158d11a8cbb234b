"""Activities: planned, started, done or cancelled; about any record; noted at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.customers.activities.actions import (
    WrongStatus,
    assign_activity,
    cancel_activity,
    change_activity,
    finish_activity,
    log_activity,
    plan_activity,
    start_activity,
)
from kinflow.customers.activities.rules import NEXT, STATUSES, can_move
from kinflow.customers.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.records.access import AGENT
from kinflow.records.changing import Stale

from .cast import account, actor_for, all_rows, colleague, contact, names_told


def test_what_is_over_stays_over():
    assert set(NEXT) == {status for status, _label in STATUSES}
    assert [to for status in ("done", "cancelled") for to in NEXT if can_move(status, to)] == []
    assert can_move("planned", "started")
    assert not can_move("started", "planned")


@pytest.mark.django_db
def test_an_activity_takes_its_customer_from_what_it_is_about():
    customer = account()
    row = plan_activity(subject="Call", kind="call", about=contact(account=customer), by=SYSTEM)
    assert (row.account, row.contact.family_name, row.about_kind) == (customer, "王", "contact")
    assert "customers.activity_planned" in names_told("account", customer.pk)


@pytest.mark.django_db
def test_an_activity_is_started_and_finished():
    row = plan_activity(subject="Visit", due_at=timezone.now() - timedelta(days=1), by=SYSTEM)
    row = start_activity(activity=row, by=SYSTEM)
    with pytest.raises(Invalid):
        finish_activity(activity=row, result="nice", by=SYSTEM)
    row = finish_activity(activity=row, result="approved", outcome="with 8 %", by=SYSTEM)
    assert (row.status, row.result, row.outcome) == ("done", "approved", "with 8 %")
    assert row.started_at <= row.ended_at
    assert names_told("activity", row.pk) == [
        "customers.activity_planned",
        "customers.activity_started",
        "customers.activity_finished",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("again", [start_activity, finish_activity, cancel_activity])
def test_nothing_can_be_done_with_what_is_cancelled(again):
    row = cancel_activity(activity=plan_activity(subject="Visit", by=SYSTEM), reason="ill", by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(WrongStatus):
        again(activity=row, by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_what_was_done_is_noted_at_once_and_belongs_to_who_did_it():
    who = colleague()
    row = log_activity(kind="call", subject="Asked", minutes=20, by=actor_for(AGENT, who))
    assert (row.status, row.owner, row.unit) == ("done", who, who.unit)
    assert row.ended_at - row.started_at == timedelta(minutes=20)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"subject": " "}, {"kind": "dance"}, {"minutes": -1}, {"minutes": 1_000_000}]
)
def test_what_is_wrong_is_named_and_nothing_is_kept(wrong):
    with pytest.raises(Invalid) as refused:
        log_activity(**{"kind": "note", "subject": "Asked", **wrong}, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == [f"/{next(iter(wrong))}"]
    assert not Activity.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        log_activity(kind="dance", subject=" ", minutes=-1, result="odd", by=SYSTEM)
    assert {e.pointer for e in refused.value.errors} == {"/kind", "/subject", "/minutes", "/result"}
    row = plan_activity(subject="Visit", by=SYSTEM)
    with pytest.raises(Invalid) as refused:
        change_activity(activity=row, changes={"subject": " ", "kind": "dance"}, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == ["/subject", "/kind"]


@pytest.mark.django_db
def test_an_edit_of_what_changed_meanwhile_is_refused():
    row = plan_activity(subject="Old", by=SYSTEM)
    change_activity(activity=row, changes={"subject": "New"}, by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(Stale):
        change_activity(activity=row, changes={"subject": "Mine"}, seen={"subject": "Old"}, by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_an_activity_is_given_to_a_person():
    who = colleague()
    row = assign_activity(activity=plan_activity(subject="Visit", by=SYSTEM), person=who, by=SYSTEM)
    assert (row.owner, row.unit) == (who, who.unit)
