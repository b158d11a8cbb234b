"""Who may read and answer what a rule asks, on each page and over the API; and an answer at the last moment."""

import threading
from unittest import mock

import pytest
from django.db import transaction
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.approvals.answering import ApprovalOver, answer_approval
from kinflow.automation.approvals.api import router
from kinflow.automation.approvals.asking import time_out
from kinflow.automation.clock import run_due
from kinflow.automation.rules.live import forget
from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import ROLES

from . import given
from .approvals_given import asked, done, reporting
from .doors import page_status, route_status
from .test_api import ask
from .test_concurrency import at_once
from .test_pages import visit, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def line():
    """Who reports to whom: the last to the first."""
    return reporting()


@pytest.fixture(scope="module")
def client():
    """A client of the router alone."""
    NinjaAPI(urls_namespace="approvals-who-may").add_router("", router)
    return TestClient(router)


def ways(client, by, approval):
    """What comes of each page and each route for this actor."""
    path, page = f"/{approval.pk}", f"/approvals/{approval.pk}/"
    return [
        page_status(by, page),
        route_status(client, "GET", path, by),
        page_status(by, page, answer="approved"),
        route_status(client, "POST", f"{path}/answer", by, answer="refused", comment="No"),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_whom_it_concerns_reaches_a_question_by_any_way(client, line, role):
    _made, approval = asked(line)
    stranger = given.actor(given.person("钱", line[0].unit, roles=(role,)))
    assert "May pumps" not in words(visit(stranger, "/approvals/"))
    assert ask(client, "GET", "", by=stranger) == []
    told = ways(client, stranger, approval)
    approval.refresh_from_db()
    if role == "administrator":
        assert (told, approval.state) == ([200, 200, 302, 409], "approved")
    else:
        assert (told, approval.state) == ([404] * 4, "open")


def test_whoever_caused_it_and_whoever_owns_the_record_do_not_reach_it(client, line):
    _made, approval = asked(line, by=given.actor(line[1]))
    for one in line[1:]:
        assert ways(client, actor_of_person(one), approval) == [404] * 4
    assert ask(client, "GET", f"/{approval.pk}", by=actor_of_person(line[0]))["person"] == line[0].pk


def test_a_token_that_is_not_for_reading_approvals_reads_none(client, line):
    _made, approval = asked(line)
    person = actor_of_person(line[1])
    by = Actor(**{**vars(person), "scopes": frozenset({"lead:read"})})
    assert route_status(client, "GET", "", by) == 403
    assert route_status(client, "GET", f"/{approval.pk}", by) == 404


def test_a_superior_who_may_not_see_the_record_reads_no_question_and_does_not_answer(client, line):
    line[0].unit = given.unit("West")
    given.put(rows=[line[0]], by=given.OWNER)
    _made, approval = asked(line)
    head = actor_of_person(line[0])
    assert "May pumps" not in words(visit(head, f"/approvals/{approval.pk}/"))
    assert "May pumps" not in words(visit(head, "/approvals/"))
    assert [one["question"] for one in ask(client, "GET", "", by=head)] == [{}]
    with pytest.raises(Problem) as refused:
        answer_approval(approval=approval, answer="approved", by=head)
    assert refused.value.status == 403


@pytest.mark.django_db(transaction=True)
def test_an_answer_while_the_time_runs_out_comes_too_late_and_is_told_so(line):
    _made, approval = asked(line)
    running_out, answered = threading.Event(), threading.Event()

    def slowly(*given):
        running_out.set()
        answered.wait(0.3)  # The answer cannot come through: the clock holds the question.
        time_out(*given)

    def answer():
        running_out.wait(10)
        with pytest.raises(ApprovalOver):
            answer_approval(approval=approval, answer="approved", by=actor_of_person(line[1]))
        answered.set()

    with mock.patch("kinflow.automation.steps.ask_for_approval.time_out", slowly):
        at_once(lambda: run_due(approval.due_at), answer)
    approval.refresh_from_db()
    assert (approval.state, approval.answered_by, done()) == ("unanswered", None, ["After", "Late"])


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_being_kept_when_the_time_runs_out_counts(line):
    _made, approval = asked(line)
    kept, looked = threading.Event(), threading.Event()

    def answer():
        with transaction.atomic():
            answer_approval(approval=approval, answer="approved", by=actor_of_person(line[1]))
            kept.set()
            looked.wait(10)

    def run_out():
        kept.wait(10)
        run_due(approval.due_at)
        looked.set()

    at_once(answer, run_out)
    run_due(approval.due_at)
    approval.refresh_from_db()
    assert (approval.state, done()) == ("approved", ["After", "Yes"])
