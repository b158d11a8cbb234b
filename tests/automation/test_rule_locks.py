"""Who looks at states, the reader of the log or the clock, takes locks in the same order, so that none blocks another."""

import threading

import pytest
from django.db import connections, transaction
from django.utils import timezone

from kinflow.automation.clock import set_moment
from kinflow.automation.clock.models import Moment
from kinflow.automation.clock.working import work_off
from kinflow.automation.rules.following import act_on_all
from kinflow.automation.rules.letting_go import STATE, one_at_a_time
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleHold
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.sales.leads.actions import change_lead

from . import given
from .rules_given import HOT, holds, rule
from .test_clock import somebody_waits


@pytest.mark.django_db(transaction=True)
def test_the_clock_keeps_no_state_from_the_reader_that_it_waits_for():
    forget()
    boss = given.person("陈", given.unit(), roles=("team_lead",))
    made, lead = rule(boss, trigger=holds(2, "hours"), condition=HOT), given.lead(owner=boss)
    change_lead(lead=lead, changes={"score": 90}, by=SYSTEM)
    Moment.objects.all().delete()
    now = timezone.now()
    set_moment(STATE, f"{made.pk}:{lead.pk}", now, {"rule": made.pk, "number": 1, "record": lead.pk})
    clock = threading.Thread(target=tick, args=[now])
    with transaction.atomic():
        one_at_a_time()  # what the reader does first
        clock.start()
        assert somebody_waits()
        act_on_all(list(Entry.objects.filter(name="sales.lead_changed")))
    clock.join()
    assert RuleHold.objects.get().fired_at is None
    assert Moment.objects.get().at > now


def tick(now):
    """One turn of the clock, in a thread of its own."""
    try:
        work_off(now)
    finally:
        connections.close_all()
