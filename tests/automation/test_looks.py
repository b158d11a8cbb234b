"""What waits is looked at again whenever somebody may be eligible now, also when only time went by."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import give
from kinflow.automation.clock import run_due
from kinflow.automation.clock.models import Moment
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import catch_up_all
from kinflow.organisation.people.actions import add_absence
from kinflow.sales.leads.actions import change_lead
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import RULES, lead_scoring

pytestmark = pytest.mark.django_db(transaction=True)
AT_WORK = {"rule": "at_work", "parameters": {"within_hours": 0}}


@pytest.fixture
def east():
    catch_up_all(timezone.now())
    return given.unit()


def waits():
    """A lead that nobody was found for."""
    lead = given.lead()
    catch_up_all(timezone.now())
    assert Lead.objects.get(pk=lead.pk).owner is None
    return lead


def owner_of(lead):
    catch_up_all(timezone.now())
    return Lead.objects.get(pk=lead.pk).owner


def test_when_an_absence_ends(east):
    me, now = given.person("孙", east), timezone.now()
    lead_scoring()
    end = now + timedelta(minutes=5)
    add_absence(person=me, kind="sick", starts_at=now - timedelta(days=1), ends_at=end, by=SYSTEM)
    lead = waits()
    moment = Moment.objects.get(key__startswith="absence:")
    assert moment.at == end
    given.put(rows=list(_ended(me)), by=SYSTEM)
    run_due(end)
    assert owner_of(lead) == me


def _ended(person):
    for absence in person.absences.all():
        absence.ends_at = timezone.now() - timedelta(seconds=1)
        yield absence


def test_when_a_shift_begins_while_something_waits(east):
    calendar = given.office_hours()
    never = {str(day): [] for day in range(1, 8)}
    calendar.week = never | {
        str((timezone.localtime() + timedelta(days=2)).isoweekday()): [["09:00", "17:00"]]
    }
    given.put(rows=[calendar], by=SYSTEM)
    me = given.person("孙", east, calendar=calendar)
    lead_scoring(rules=(*RULES, AT_WORK))
    waits()
    moment = Moment.objects.get(key="shift:lead")
    local = timezone.localtime(moment.at)
    assert (local.hour, local.isoweekday()) == (9, (timezone.localtime() + timedelta(days=2)).isoweekday())
    assert me.calendar == calendar


def test_when_work_goes_to_somebody_else_and_leaves_room(east):
    me, other = given.person("孙", east, limit=1), given.person("陈", east, takes_work=False)
    lead_scoring()
    held = given.lead(owner=me)
    lead = waits()
    give(record=held, person=other, reason="Knows them", by=SYSTEM)
    catch_up_all(timezone.now())
    run_due(timezone.now())
    assert owner_of(lead) == me


def test_when_facts_of_what_waits_are_filled_in(east):
    me = given.person("孙", east, places=("CN-SC",))
    lead_scoring(rules=(*RULES, {"rule": "in_territory"}))
    lead = waits()
    change_lead(lead=lead, changes={"province": "CN-SC"}, by=SYSTEM)
    catch_up_all(timezone.now())
    run_due(timezone.now())
    assert owner_of(lead) == me
