"""The kept log is the log, whatever came since and in whatever order it was committed."""

import threading

import numpy as np
import pytest
from django.db import connection, connections

from kinflow.customers.accounts.actions import change_account
from kinflow.customers.activities.actions import (
    change_activity,
    finish_activity,
    plan_activity,
    start_activity,
)
from kinflow.eventlog import SYSTEM, action
from kinflow.organisation.models import Person
from kinflow.processes.columns.keeping import about_kept
from kinflow.processes.definitions import store
from kinflow.processes.definitions.store import folder_of, fresh
from kinflow.sales.leads.actions import assign_lead, change_lead, qualify_lead
from tests import factories

from . import given
from .given import kept_apart, representative, shipped, steps, worked_lead
from .test_extracting import microseconds, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]


@pytest.fixture
def wanted(kept_apart):
    """The steps of the process of leads."""
    return steps(shipped())


def is_the_log(held, wanted):
    """Whether the columns say what a naive reading of the log says, and of cases what their records say."""
    store.forget()
    anew = store._whole("lead", wanted, held.position)
    assert told(held.columns, 1) == microseconds(given.naive_log("lead", wanted))
    assert list(held.columns.case_ids) == list(anew.case_ids)
    for name, labels in anew.attributes.items():
        assert list(held.columns.attributes[name].values) == list(labels.values)
        assert held.columns.attributes[name].codes.tolist() == labels.codes.tolist()
    for name, numbers in anew.amounts.items():
        np.testing.assert_array_equal(held.columns.amounts[name], numbers)


def test_nothing_new_is_the_same_log(wanted):
    worked_lead(representative())
    held = fresh("lead", wanted)
    assert fresh("lead", wanted).columns is held.columns
    assert fresh("lead", wanted).edition == held.edition


def test_what_came_since_is_there(wanted):
    by = representative()
    first = worked_lead(by)
    fresh("lead", wanted)
    factories.lead(source="fair", score=50)
    given.call(first, by, topic="second_call")
    is_the_log(fresh("lead", wanted), wanted)


def test_it_is_kept_on_disk_and_read_from_there(wanted):
    worked_lead(representative())
    held = fresh("lead", wanted)
    assert about_kept(folder_of("lead", wanted))["position"] == held.position
    store.forget()
    again = store._from_disk(folder_of("lead", wanted))
    assert told(again.columns, 1) == told(held.columns, 1)
    factories.lead()
    is_the_log(fresh("lead", wanted), wanted)


def test_what_another_database_left_behind_is_read_anew(wanted):
    worked_lead(representative())
    held = fresh("lead", wanted)
    store._saved(folder_of("lead", wanted), store.Held(held.columns, held.position, "another"))
    store.forget()
    factories.lead()
    is_the_log(fresh("lead", wanted), wanted)


def test_a_start_before_and_an_end_after_are_one_event(wanted):
    by = representative()
    lead = factories.lead()
    owner = Person.objects.get(pk=by.person_id)
    activity = plan_activity(subject="Call", kind="call", topic="first_call", about=lead, owner=owner, by=by)
    start_activity(activity=activity, by=by)
    fresh("lead", wanted)
    finish_activity(activity=activity, result="reached", by=by)
    held = fresh("lead", wanted)
    is_the_log(held, wanted)
    assert (held.columns.begun_at < held.columns.at).sum() == 1


def test_a_case_whose_record_or_customer_changed_is_known_as_it_is_now(wanted):
    account = factories.account(grade="A")
    first = factories.lead(contact=factories.contact(account=account), score=10)
    second = factories.lead(score=20)
    fresh("lead", wanted)
    change_account(account=account, changes={"grade": "B"}, by=SYSTEM)
    change_lead(lead=second, changes={"score": 90}, by=SYSTEM)
    held = fresh("lead", wanted)
    is_the_log(held, wanted)
    place = list(held.columns.case_ids).index(str(first.pk))
    grades = held.columns.attributes["grade"]
    assert grades.values[grades.codes[place]] == "B"


def test_an_activity_of_another_topic_is_another_step(wanted):
    lead = factories.lead()
    activity = given.call(lead, representative())
    fresh("lead", wanted)
    change_activity(activity=activity, changes={"topic": "second_call"}, by=SYSTEM)
    held = fresh("lead", wanted)
    is_the_log(held, wanted)
    assert "customers.activity_finished:second_call=reached" in held.columns.activities


def test_what_commits_late_is_not_lost(wanted):
    lead = factories.lead()
    began, go_on = threading.Event(), threading.Event()

    def late():
        try:
            _assign_slowly(lead=lead, began=began, go_on=go_on, by=SYSTEM)
        finally:
            connections.close_all()

    thread = threading.Thread(target=late)
    thread.start()
    assert began.wait(20)
    factories.lead(contact=lead.contact)
    before = fresh("lead", wanted)
    go_on.set()
    thread.join(20)
    held = fresh("lead", wanted)
    is_the_log(held, wanted)
    assert held.columns.events == 3 > before.columns.events


@action
def _assign_slowly(*, lead, began, go_on, by):
    """Assign a lead in a transaction that got its number and its entry's long before it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id(), nextval('eventlog_entry_id_seq')")
    began.set()
    assert go_on.wait(20)
    assign_lead(lead=lead, person=None, by=by)


def test_many_small_changes_end_up_where_one_reading_would(wanted):
    by = representative()
    leads = [factories.lead() for _each in range(4)]
    for lead in leads:
        assign_lead(lead=lead, person=Person.objects.get(pk=by.person_id), by=SYSTEM)
        fresh("lead", wanted)
        given.call(lead, by)
        fresh("lead", wanted)
        qualify_lead(lead=lead, by=by)
    is_the_log(fresh("lead", wanted), wanted)
