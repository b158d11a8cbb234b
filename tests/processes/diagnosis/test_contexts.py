"""What a diagnosis knows beside our log: calendars, absences, all work of its people, the chart, what a deal is worth."""

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest

from kinflow.eventlog import SYSTEM
from kinflow.organisation.calendars.actions import add_calendar
from kinflow.organisation.models import Person
from kinflow.organisation.people.actions import add_absence
from kinflow.processes.columns import EventColumns
from kinflow.processes.definitions.goals import Rates
from kinflow.processes.diagnosis.calendar import HOUR
from kinflow.processes.diagnosis.contexts import values_of
from kinflow.processes.diagnosis.staff import chart_of, people_of, usual_calendar
from kinflow.processes.structure.paper import paper_for
from tests import factories
from tests.processes.definitions.given import worked_lead
from tests.processes.given import log_of

pytestmark = pytest.mark.django_db
SINCE, UNTIL = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)


def worked_on_by(*people: Person) -> EventColumns:
    """A log in which each did something in March 2026."""
    hour = SINCE.timestamp() / 3600
    return log_of([("1", "call", hour + at, str(person.pk)) for at, person in enumerate(people)])


def test_people_are_known_with_their_calendar_absence_and_work() -> None:
    calendar = add_calendar(name="Early", week={"1": [["06:00", "14:00"]]}, time_zone="UTC", by=SYSTEM)
    early, other = factories.person(given_name="宇", calendar=calendar), factories.person(given_name="琳")
    add_absence(person=early, starts_at=SINCE, ends_at=UNTIL, by=SYSTEM)
    worked_lead(factories.actor_for(early))
    columns = worked_on_by(early, other)
    people = people_of(columns)
    assert people.calendar is not None
    assert people.calendar.tolist() == [0, -1]
    assert (people.calendars[0].ends - people.calendars[0].begins).max() == 8 * HOUR
    assert people.away[0].ends.tolist() == [int(UNTIL.timestamp()) * 1_000_000]
    assert 1 not in people.away
    assert list(people.busy) == [0]
    usual = usual_calendar(columns)
    assert usual is not None
    assert usual.zone.key == "UTC"


def test_lines_are_those_of_the_chart() -> None:
    lead = factories.person(given_name="琳")
    person = factories.person(given_name="宇", reports_to=lead)
    columns = worked_on_by(person, lead)
    chart = chart_of(columns.resources, paper_for(SYSTEM))
    assert chart is not None
    up, down = chart.lines.between(chart.place[:1], chart.place[1:])
    assert (up.tolist(), down.tolist()) == ([1], [0])


def test_where_nobody_reports_to_anybody_there_is_no_chart_and_without_calendars_none_is_made_up() -> None:
    columns = worked_on_by(factories.person())
    assert chart_of(columns.resources, paper_for(SYSTEM)) is None
    assert list(people_of(columns).calendars) == []
    assert usual_calendar(columns) is None


def test_a_deal_is_worth_a_share_of_its_amount_where_its_currency_is_that_of_the_rates() -> None:
    ours = factories.opportunity(amount=Decimal(1000))
    other = factories.opportunity(amount=Decimal(1000), currency="EUR")
    columns = log_of([(str(each.pk), "opened", 1, None) for each in (ours, other)])
    values = values_of("opportunity", columns, Rates(margin=0.25))
    assert values is not None
    assert np.nan_to_num(values).tolist() == [250, 0]
    assert values_of("case", columns, Rates(margin=0.25)) is None
