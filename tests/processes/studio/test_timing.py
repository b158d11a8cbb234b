"""Working time in the studio: by the calendars of units' people, where there are any."""

import pytest
from django.test import Client

from kinflow.eventlog import SYSTEM, Actor
from kinflow.organisation.calendars.actions import add_calendar
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.showing import glance
from kinflow.processes.studio.spans import working_span
from kinflow.records.access import PROCESS_OWNER
from tests import factories

from .test_pages import owner, process, words_of

__all__ = ["owner", "process"]
pytestmark = pytest.mark.django_db
OWNER = Actor("person", "0", "Ying", roles=frozenset({PROCESS_OWNER}))
MORNINGS = {str(day): [["00:00", "12:00"]] for day in range(1, 8)}


@pytest.fixture
def sales_work_in_the_morning() -> None:
    calendar = add_calendar(name="Mornings", week=MORNINGS, time_zone="UTC", by=SYSTEM)
    company = factories.unit("Sales")
    factories.person(unit=factories.unit("Inside", parent=company))
    factories.person(given_name="Min", unit=company, calendar=calendar)


@pytest.mark.usefixtures("sales_work_in_the_morning")
def test_waits_for_a_unit_count_its_working_hours_only(process: Process, owner: Client) -> None:
    """Orders are packed at nine in the evening and delivered by Sales at two, three or four in the morning."""
    for time, hours in (("elapsed", 5), ("working", 4)):
        told = glance(process, OWNER, time=time, with_findings=False)
        waits = {
            (each["from"], each["to"]): each["median_seconds"] / 3600 for each in told["directly_follows"]
        }
        assert waits["Pack", "Deliver"] == hours
        assert waits["Order arrives", "Pack"] == 5  # the store has no calendar
    words = words_of(owner, "/processes/orders/?time=working&depth=")
    assert "Median working time from each step to the next" in words
    assert "Median working time" not in words_of(owner, "/processes/orders/")
    charts = words_of(owner, "/processes/orders/times/?time=working")
    assert "Durations count the hours in which the unit of the last step works." in charts


def test_without_calendars_there_is_nothing_to_choose(process: Process, owner: Client) -> None:
    assert "map-times" not in words_of(owner, "/processes/orders/?time=working")


def test_working_time_is_said_in_hours() -> None:
    assert [working_span(hours * 3600) for hours in (0.5, 3, 60)] == ["30 min", "3.0 h", "60 h"]
