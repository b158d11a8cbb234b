"""What comes in weeks that pass: as much as before, with whole lives, in one go, one after the other, or broken off."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from kinflow.contact_center.models import Email
from kinflow.customers.accounts.models import Account
from kinflow.customers.activities.models import Activity
from kinflow.customers.contacts.models import Contact
from kinflow.demo.passing.left import weeks_left
from kinflow.demo.passing.weeks import pass_weeks, take_back
from kinflow.demo.seeding.history import take_over_history
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry, Mention
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.sales.models import Lead, Opportunity
from kinflow.service.cases.models import Case

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)
SEED, BEFORE, WEEKS = 4, 42, 6
LATE = 4
"""So many weeks before are looked at: the company has warmed up by then."""
KINDS = {Lead: 0.25, Opportunity: 0.35, Case: 0.25, Email: 0.3, Account: 0.5, Contact: 0.5, Activity: 0.3}
"""How far from the usual number each kind may lie."""


@pytest.fixture(scope="module", autouse=True)
def weeks(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """Six weeks of the company's usual business, and six more; since when these came."""
    usual = Volumes.of(BEFORE)
    volumes = Volumes(**{**vars(usual), "known": 260, "accounts": usual.accounts - 1_490, "contacts": 700})
    with django_db_blocker.unblock(), transaction.atomic():
        take_over_history(
            world=build(SEED, NOW, days=BEFORE, volumes=volumes), told=lambda _what: None, by=SYSTEM
        )
        add_shipped_processes(by=SYSTEM)
        pass_weeks(WEEKS, NOW, seed=SEED)
        yield NOW - timedelta(weeks=WEEKS)
        transaction.set_rollback(True)


def came(model: Any, since: datetime) -> int:
    return int(model.objects.filter(created_at__gte=since).count())


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_as_much_comes_in_a_week_as_before(weeks: datetime, model: Any) -> None:
    before = came(model, weeks - timedelta(weeks=LATE)) - came(model, weeks)
    ratio = came(model, weeks) / WEEKS / (before / LATE)
    assert abs(ratio - 1) < KINDS[model], (came(model, weeks), before)


def test_the_mix_of_service_requests_is_the_usual_one(weeks: datetime) -> None:
    kinds = Counter(Case.objects.filter(created_at__gte=weeks).values_list("kind", flat=True))
    total = kinds.total()
    assert 0.27 < kinds["repair"] / total < 0.47
    assert 0.24 < kinds["question"] / total < 0.44
    assert 0.04 < kinds["complaint"] / total < 0.2


def test_service_requests_have_whole_lives(weeks: datetime) -> None:
    told = Mention.objects.filter(kind="case", entry__name__startswith="service.", entry__at__gte=weeks)
    seen: dict[int, list[tuple[datetime, str]]] = {}
    for pk, at, name in told.order_by("entry_id").values_list("object_id", "entry__at", "entry__name"):
        seen.setdefault(pk, []).append((at, name.removeprefix("service.case_")))
    rows = list(Case.objects.filter(created_at__range=(weeks, NOW - timedelta(weeks=3))))
    closed = [row for row in rows if row.status == "closed"]
    assert len(closed) > 0.9 * len(rows) > 60
    for row in closed:
        names = [name for _at, name in seen[row.pk]]
        assert (names[0], names[-1]) == ("opened", "closed")
        assert {"assigned", "answered", "solved"} <= set(names)
        assert row.opened_at < row.answered_at <= row.solved_at < row.closed_at
        assert names.count("reopened") == row.reopened
    assert any(row.reopened for row in rows)


def test_what_customers_say_stands_on_their_requests(weeks: datetime) -> None:
    told = Mention.objects.filter(kind="case", entry__name="service.case_rated", entry__at__gte=weeks)
    last = dict(told.order_by("entry__at").values_list("object_id", "entry__data__rating"))
    rated = dict(Case.objects.filter(pk__in=last).values_list("pk", "rating"))
    assert len(last) > 15
    assert rated == last


def test_what_was_open_goes_on(weeks: datetime) -> None:
    open_before = {"created_at__lt": weeks}
    assert not Case.objects.filter(**open_before).exclude(status="closed").exists()
    assert not Lead.objects.filter(stage__in=("new", "contacted", "qualified"), **open_before).exists()
    sales = Opportunity.objects.filter(closed_at__gte=weeks, **open_before)
    assert sales.filter(outcome="won").exists()
    assert sales.filter(outcome="lost").exists()
    assert all(row.version > 1 for row in sales)


def test_the_customers_are_those_that_there_were(weeks: datetime) -> None:
    accounts = Case.objects.filter(created_at__gte=weeks).values_list("account_id", flat=True)
    known = set(Account.objects.filter(created_at__lt=weeks).values_list("pk", flat=True))
    assert sum(pk in known for pk in accounts) > 0.8 * len(accounts)
    assert len(set(Account.objects.values_list("name", flat=True))) == Account.objects.count()
    assert not Account.objects.filter(source="import", created_at__gte=weeks).exists()


def test_the_log_of_the_weeks_is_in_order_of_time(weeks: datetime) -> None:
    told = list(Entry.objects.filter(at__range=(weeks, NOW)).order_by("pk").values_list("at", flat=True))
    assert len(told) > 1_500
    assert told == sorted(told)
    assert told[-1] <= NOW


def test_weeks_can_pass_one_after_the_other(weeks: datetime) -> None:
    waits = set(Case.objects.exclude(status="closed").values_list("pk", flat=True))
    assert waits
    with transaction.atomic():
        pass_weeks(3, NOW, seed=SEED)
        then = NOW - timedelta(weeks=3)
        assert came(Case, then) > 60
        assert came(Lead, then) > 80
        assert Case.objects.filter(pk__in=waits, status="closed").count() > 0.95 * len(waits)
        transaction.set_rollback(True)


def test_a_pass_that_is_broken_off_leaves_whole_weeks_and_can_go_on(weeks: datetime) -> None:
    def break_off(what: str) -> None:
        if what.startswith("Week 2"):
            raise KeyboardInterrupt

    newest = Entry.objects.order_by("-pk").values_list("at", flat=True)
    with transaction.atomic():
        with pytest.raises(KeyboardInterrupt):
            pass_weeks(5, NOW, seed=SEED, told=break_off)
        assert weeks_left() == 3
        gap = NOW - newest[0]
        assert timedelta(weeks=3) <= gap < timedelta(weeks=3, days=3)
        assert take_back(NOW) == 3
        assert (weeks_left(), NOW - newest[0]) == (0, gap - timedelta(weeks=3))
        pass_weeks(2, NOW, seed=SEED)
        assert came(Case, NOW - timedelta(weeks=2)) > 40
        transaction.set_rollback(True)


def test_what_is_left_over_is_made_good_by_the_next_pass(weeks: datetime) -> None:
    def break_off(what: str) -> None:
        if what.startswith("Week 1"):
            raise KeyboardInterrupt

    with transaction.atomic():
        oldest = Entry.objects.order_by("pk").values_list("at", flat=True)
        began = oldest[0]
        with pytest.raises(KeyboardInterrupt):
            pass_weeks(4, NOW, seed=SEED, told=break_off)
        pass_weeks(2, NOW, seed=SEED)
        assert began - oldest[0] == timedelta(weeks=3)
        transaction.set_rollback(True)
