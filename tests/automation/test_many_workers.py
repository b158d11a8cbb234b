"""Rules in many workers that die at any point: each cause has its effect once; what nobody waits for costs little."""

import random
import threading
from collections import Counter
from unittest import mock

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kinflow.automation.clock.models import Moment
from kinflow.automation.clock.working import work_off
from kinflow.automation.rules import following, running
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleHold, RuleRun
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up, readers
from kinflow.sales.leads.actions import change_lead

from . import given
from .rules_given import CALL, HOT, happens, holds, rule

LEADS, TURNS, WORKERS, DEATHS = 9, 3, 3, 12


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


class Death(BaseException):
    """What a worker dies of: nothing on the way catches it, and its transaction is lost."""


class Fate:
    """Lets workers die in the middle of a step or of its notes, so many times."""

    def __init__(self, deaths):
        self.chance, self.left, self.lock = random.Random(27), deaths, threading.Lock()

    def before(self, function):
        def call(*args, **kwargs):
            with self.lock:
                dies = self.left > 0 and self.chance.random() < 0.3
                self.left -= dies
            if dies:
                raise Death
            return function(*args, **kwargs)

        return call


def live(found):
    """Follow the log and the clock until there is nothing left, however often one dies."""
    which = readers[following.NAME]
    try:
        while True:
            try:
                if not catch_up(which, timezone.now()) and not work_off(timezone.now()):
                    return
            except Death:
                connection.close()
    except Exception as error:
        found.append(error)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_workers_that_die_at_any_point_leave_each_effect_exactly_once():
    east = given.unit()
    boss = given.person("陈", east, roles=("team_lead",))
    rule(boss, trigger=happens("sales.lead_changed"), condition=HOT)
    later = {"step": "change_fields", "parameters": {"values": {"source_detail": "called"}}}
    rule(boss, name="State", trigger=holds(), condition=HOT, steps=[later, CALL])
    leads = [given.lead(owner=boss) for _n in range(LEADS)]
    which = readers[following.NAME]
    while catch_up(which, timezone.now()):
        pass
    for turn in range(TURNS):
        for lead in leads:
            change_lead(lead=lead, changes={"score": 90 + turn}, by=SYSTEM)
    fate, errors = Fate(DEATHS), []
    with (
        mock.patch.object(running, "_keep_made", fate.before(running._keep_made)),
        mock.patch.object(running, "_note", fate.before(running._note)),
    ):
        threads = [threading.Thread(target=live, args=[errors]) for _n in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    live(errors)
    assert (errors, fate.left) == ([], 0)
    assert not Moment.objects.exists()
    assert set(RuleRun.objects.values_list("state", flat=True)) == {"done"}
    # The event rule also hears of the change that the state rule makes: one cause more for each lead.
    assert Activity.objects.count() == LEADS * (TURNS + 1) + LEADS
    made = Entry.objects.filter(name="customers.activity_planned").values_list("actor_id", "caused_by")
    assert set(Counter(made).values()) == {1}


@pytest.mark.django_db
def test_runs_beyond_a_few_are_left_to_all_workers_one_record_after_the_other(monkeypatch):
    monkeypatch.setattr(following, "FEW", 2)
    boss = given.person("陈", given.unit(), roles=("team_lead",))
    rule(boss, trigger=happens("sales.lead_changed"), condition=HOT)
    leads = [given.lead(owner=boss) for _n in range(3)]
    for turn in range(2):
        for lead in leads:
            change_lead(lead=lead, changes={"score": 90 + turn}, by=SYSTEM)
    following.act_on_all(list(Entry.objects.filter(name="sales.lead_changed").order_by("pk")))
    assert Counter(RuleRun.objects.values_list("state", flat=True)) == {"done": 2, "running": 4}
    assert Moment.objects.count() == 3
    while work_off(timezone.now()):
        pass
    assert Activity.objects.count() == 6


@pytest.mark.django_db
def test_events_that_no_rule_waits_for_cost_the_same_few_queries_however_many():
    boss = given.person("陈", given.unit(), roles=("team_lead",))
    rule(boss, trigger=happens("sales.lead_changed"), condition=HOT)
    rule(boss, name="State", trigger=holds(2, "hours"), condition=HOT)
    leads = [given.lead() for _n in range(6)]
    for lead in leads:
        change_lead(lead=lead, changes={"score": 5}, by=SYSTEM)
    entries = list(Entry.objects.filter(name="sales.lead_changed").order_by("pk"))
    following.index()

    def queries(some):
        with CaptureQueriesContext(connection) as seen:
            following.act_on_all(some)
        return len(seen)

    assert queries(entries[:2]) == queries(entries) <= 5
    assert not RuleHold.objects.exists()


@pytest.mark.django_db
def test_a_rule_sees_what_another_changed_because_of_an_entry_read_together_with_it():
    boss = given.person("陈", given.unit(), roles=("team_lead",))
    cool = {"step": "change_fields", "parameters": {"values": {"score": "10"}}}
    rule(boss, name="Cool", trigger=happens("sales.lead_captured"), steps=[cool])
    rule(boss, name="Hot", trigger=happens("sales.lead_changed"), condition=HOT)
    lead = given.lead(owner=boss)
    change_lead(lead=lead, changes={"score": 90}, by=SYSTEM)
    names = ("sales.lead_captured", "sales.lead_changed")
    following.act_on_all(list(Entry.objects.filter(name__in=names).order_by("pk")))
    assert [run.rule.name for run in RuleRun.objects.all()] == ["Cool"]


@pytest.mark.django_db
def test_of_two_rules_for_one_entry_the_second_acts_on_what_the_first_made_of_the_record():
    boss = given.person("陈", given.unit(), roles=("team_lead",))
    first = {"step": "change_fields", "parameters": {"values": {"source_detail": "fair"}}}
    second = {
        "step": "create_record",
        "parameters": {"record_type": "activity", "values": {"subject": "{record.source_detail}"}},
    }
    rule(boss, name="A", trigger=happens("sales.lead_captured"), steps=[first])
    rule(boss, name="B", trigger=happens("sales.lead_captured"), steps=[second])
    given.lead(owner=boss)
    following.act_on_all(list(Entry.objects.filter(name="sales.lead_captured")))
    assert Activity.objects.get().subject == "fair"
