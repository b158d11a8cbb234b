"""What customers say of what was done for them: when it can be noted, by whom, and what the log tells."""

from typing import Any

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.service.cases.actions import WrongStatus, open_case, rate_case, reopen_case, solve_case
from kinflow.service.cases.models import Case
from tests.automation.given import actor, person, unit
from tests.processes.studio.test_pages import client_of

pytestmark = pytest.mark.django_db


def solved() -> Case:
    return solve_case(case=open_case(subject="Leaks", by=SYSTEM), solution="Sealed", by=SYSTEM)


def test_a_solved_case_is_rated_and_the_last_rating_counts() -> None:
    case = rate_case(case=solved(), rating=2, comment="Took too long", by=SYSTEM)
    case = rate_case(case=case, rating=5, by=SYSTEM)
    assert (case.rating, case.rated_at is not None) == (5, True)
    told = Entry.objects.filter(name="service.case_rated").order_by("pk").last()
    assert told is not None
    assert (told.data["rating"], told.data["before"]) == (5, 2)


def test_what_the_customer_said_stands_on_the_requests_page() -> None:
    case = rate_case(case=solved(), rating=2, comment="Took <b>too</b> long", by=SYSTEM)
    told = client_of("agent", "service_agent").get(f"/cases/{case.pk}/").content.decode()
    assert "was rated 2 of 5 by the customer" in told
    assert "Took &lt;b&gt;too&lt;/b&gt; long" in told


@pytest.mark.parametrize("rating", [0, 6, -1, True, 10**9])
def test_what_is_no_rating_is_refused_at_its_field_and_changes_nothing(rating: Any) -> None:
    case = solved()
    with pytest.raises(Invalid) as refused:
        rate_case(case=case, rating=rating, by=SYSTEM)
    assert [one.pointer for one in refused.value.errors] == ["/rating"]
    case.refresh_from_db()
    assert case.rating is None


def test_too_long_a_comment_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        rate_case(case=solved(), rating=4, comment="x" * 2_001, by=SYSTEM)
    assert [one.pointer for one in refused.value.errors] == ["/comment"]


def test_an_open_case_is_not_rated_and_a_reopened_one_loses_its_rating() -> None:
    with pytest.raises(WrongStatus):
        rate_case(case=open_case(subject="Leaks", by=SYSTEM), rating=5, by=SYSTEM)
    case = reopen_case(case=rate_case(case=solved(), rating=5, by=SYSTEM), by=SYSTEM)
    assert (case.rating, case.rated_at) == (None, None)


@pytest.mark.parametrize(
    ("role", "may"), [("service_agent", True), ("team_lead", True), ("marketer", False), ("auditor", False)]
)
def test_who_notes_what_customers_say(role: str, may: bool) -> None:
    who, case = actor(person("Wu", unit(), roles=(role,))), solved()
    if may:
        assert rate_case(case=case, rating=4, by=who).rating == 4
    else:
        with pytest.raises(Refused):
            rate_case(case=case, rating=4, by=who)
