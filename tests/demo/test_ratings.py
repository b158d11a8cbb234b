"""What customers say of service: one in three, when it is solved, less content where it took long."""

from datetime import UTC, datetime, timedelta

import pytest

from kinflow.demo.records import Case
from kinflow.demo.stories.tickets import contentment

from .measures import Log

DUE = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)


def test_one_customer_in_three_says_how_content_they_are_and_most_are(log: Log) -> None:
    told = [each for each in log.happenings if each.kind == "case_rated"]
    solved = {each.subjects["case"] for each in log.happenings if each.kind == "case_solved"}
    assert {each.subjects["case"] for each in told} <= solved
    assert 0.28 < len({each.subjects["case"] for each in told}) / len(solved) < 0.4
    ratings = [each.details["rating"] for each in told]
    assert set(ratings) == {1, 2, 3, 4, 5}
    assert 0.6 < sum(rating >= 4 for rating in ratings) / len(ratings) < 0.92
    assert not any(each.is_human for each in told)


@pytest.mark.parametrize(
    ("late", "kind", "reopened"), [(3.0, "repair", 0), (0.0, "complaint", 0), (0.0, "repair", 1)]
)
def test_what_took_long_was_a_complaint_or_came_back_contents_less(
    late: float, kind: str, reopened: int
) -> None:
    assert contentment(case(0, "repair", 0)) == 0.88
    assert 0.1 <= contentment(case(late, kind, reopened)) < 0.88


def case(late: float, kind: str, reopened: int) -> Case:
    text = dict.fromkeys(
        ("key", "subject", "description", "account", "contact", "product", "channel", "language"), ""
    )
    where = {"country": "CN", "province": "", "place": "CN", "priority": "normal"}
    times = {"created_at": DUE, "due_at": DUE, "solved_at": DUE + timedelta(days=late)}
    return Case(**text, **where, **times, kind=kind, reopened=reopened)  # type: ignore[arg-type]
