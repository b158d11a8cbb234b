"""The card of the next best step says why now, and offers the one thing to do, for open work only."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kinflow.automation.my_work.next_step import is_open, next_step
from kinflow.eventlog import SYSTEM
from kinflow.records.access import AUDITOR
from kinflow.records.faces import registry
from kinflow.service.cases.actions import solve_case
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_open_request_says_that_the_customer_waits_and_how_to_answer():
    case = factories.case()
    case.due_at = timezone.now() + timedelta(days=3)  # at night it would be due the same day
    assert "answer yet" in next_step(registry["case"], case, SYSTEM)
    assert f"/cases/{case.pk}/do/answer/" in next_step(registry["case"], case, SYSTEM)
    with translation.override("zh-hans"):
        assert "尚未答复客户" in next_step(registry["case"], case, SYSTEM)


def test_what_is_done_or_no_work_at_all_has_no_next_step():
    case = solve_case(case=factories.case(), solution="A new seal", by=SYSTEM)
    assert next_step(registry["case"], case, SYSTEM) == ""
    assert next_step(registry["contact"], factories.contact(), SYSTEM) == ""


def test_who_may_only_read_is_asked_for_nothing():
    auditor = factories.actor_for(factories.person(roles=(AUDITOR,)))
    assert next_step(registry["case"], factories.case(), auditor) == ""


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [({"subject": "The pump leaks"}, True), ({"status__in": ("solved",)}, False), ({}, True)],
)
def test_open_is_told_as_the_database_tells_it(wanted, expected):
    assert is_open(wanted, factories.case()) is expected
