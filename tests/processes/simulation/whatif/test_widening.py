"""A limit that is always approved leads to a what-if with the approval chosen: the step of just those cases."""

from datetime import timedelta
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from kinflow.automation.authority.models import AuthorityUse
from kinflow.automation.authority.report import ENOUGH, report_of, where_to_widen
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.simulation.whatif import widening
from tests.automation.authority_given import policy
from tests.automation.given import person, unit
from tests.processes.definitions.given import shipped
from tests.processes.given import log_of

from .test_pages import calibrate

pytestmark = pytest.mark.django_db
ASKED = range(1, ENOUGH + 1)


def link(log, role="process_owner"):
    """What the link of the policy's row chooses."""
    made = policy()
    calibrate(shipped("opportunity"))
    told = {"policy": made, "number": 1, "row": 1, "at": timezone.now() - timedelta(days=3)}
    uses = [AuthorityUse(**told, object_id=pk, outcome="approved") for pk in ASKED]
    AuthorityUse.objects.bulk_create(
        [*uses, AuthorityUse(**told | {"row": 0}, object_id=99, outcome="alone")]
    )
    by, report = actor_of_person(person("Sun", unit(), roles=(role,))), report_of(made, timezone.now())
    with mock.patch.object(widening, "columns_with_ids", return_value=log):
        found = where_to_widen(made, report.to_widen[0], report.figures.answered, by)
    return [parse_qs(urlsplit(address).query) for _name, address in found]


def cases(approved):
    """Cases that are looked at and answered; in some somebody approved between."""
    steps = {
        pk: ("look", "approve", "answer") if pk in approved else ("look", "answer") for pk in range(1, 60)
    }
    return log_of(
        [(f"O-{pk}", step, at, None) for pk, found in steps.items() for at, step in enumerate(found)]
    )


def test_the_step_is_chosen_that_stands_in_the_cases_that_were_asked_about():
    assert link(cases(approved=[*ASKED, 20])) == [{"move": ["empower"], "step": ["step 1"], "share": ["99"]}]


def test_no_step_is_chosen_where_none_is_the_one():
    assert link(cases(approved=range(20, 40))) == [{"move": ["empower"], "share": ["99"]}]


def test_who_may_not_try_gets_no_link():
    assert link(cases(approved=ASKED), role="representative") == []
