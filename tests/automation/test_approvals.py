"""A rule asks for approval, waits, and goes on by the answer: once, by the right person, in time."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.approvals.answering import ApprovalOver, answer_approval
from kinflow.automation.approvals.api import router
from kinflow.automation.approvals.following import wake_runs
from kinflow.automation.approvals.showing import approval_card
from kinflow.automation.clock.models import Moment
from kinflow.automation.messages.models import Message
from kinflow.automation.rules.actions import current_version
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleRun
from kinflow.automation.rules.sentences import rule_sentence
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.people.actions import record_leaving
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.faces import registry
from kinflow.sales.leads.actions import change_lead

from . import given
from .approvals_given import asked, asking, done, reporting
from .rules_given import work
from .test_api import ask
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


def test_the_run_waits_for_the_answer_and_goes_its_way_once(line):
    made, approval = asked(line)
    assert (approval.person, approval.question["en"]) == (line[1], "May pumps go on?")
    assert Message.objects.get(person=line[1]).subject["en"] == "May pumps go on?"
    assert RuleRun.objects.get().state == "waiting"
    work(timezone.now() + timedelta(hours=1))
    assert done() == []
    answer_approval(approval=approval, answer="approved", by=actor_of_person(line[1]))
    work()
    assert done() == ["After", "Yes"]
    run = RuleRun.objects.get()
    assert (run.state, run.log[1]["words"]) == ("done", "林: approved")
    with pytest.raises(ApprovalOver):
        answer_approval(approval=approval, answer="refused", comment="No", by=actor_of_person(line[1]))
    work(timezone.now() + timedelta(days=2))
    assert done() == ["After", "Yes"]
    told = rule_sentence("lead", current_version(made).content())
    assert "for approval, within 4 hours: “May [need] go on?”; if approved: create Activity" in told


def test_who_refuses_says_why(line):
    _made, approval = asked(line)
    with pytest.raises(Invalid):
        answer_approval(approval=approval, answer="refused", by=actor_of_person(line[1]))
    answer_approval(approval=approval, answer="refused", comment="Too dear", by=actor_of_person(line[0]))
    work()
    assert done() == ["After", "No"]
    assert Entry.objects.get(name="automation.approval_refused").data["comment"] == "Too dear"


def test_without_an_answer_in_time_the_run_goes_its_third_way(line):
    _made, approval = asked(line)
    work(approval.due_at - timedelta(minutes=1))
    assert done() == []
    work(approval.due_at)
    assert done() == ["After", "Late"]
    with pytest.raises(ApprovalOver):
        answer_approval(approval=approval, answer="approved", by=actor_of_person(line[1]))


def test_nobody_approves_what_they_did_themselves_and_strangers_do_not_answer(line):
    _made, approval = asked(line, by=given.actor(line[1]))
    assert approval.person == line[0]
    stranger = given.person("钱", line[0].unit, roles=("team_lead",))
    for one in (line[1], line[2], stranger):
        with pytest.raises(Refused):
            answer_approval(approval=approval, answer="approved", by=actor_of_person(one))


def test_where_nobody_is_there_to_ask_the_run_says_so_and_is_tried_again(line):
    asking(given.person("陈", line[0].unit, roles=("team_lead",)))
    work()
    change_lead(lead=given.lead(owner=line[0]), changes={"score": 90}, by=SYSTEM)
    work()
    run = RuleRun.objects.get()
    assert (run.state, "nobody to ask" in run.log[0]["words"]) == ("retrying", True)


def leave(person):
    """Somebody leaves, and what waits for them is asked of others."""
    record_leaving(person=person, on=timezone.now().date(), by=SYSTEM)
    wake_runs(Entry.objects.filter(name="organisation.person_left").latest("pk"))
    work()


def test_when_who_is_asked_leaves_the_next_in_line_is_asked(line):
    _made, approval = asked(line)
    due = approval.due_at
    leave(line[1])
    approval.refresh_from_db()
    assert (approval.person, approval.due_at, approval.state) == (line[0], due, "open")
    assert Message.objects.filter(person=line[0], key=f"approval:{approval.pk}").exists()
    assert Moment.objects.get(handler="automation.rule_run").at == due
    answer_approval(approval=approval, answer="approved", by=actor_of_person(line[0]))
    work()
    assert done() == ["After", "Yes"]


def test_a_question_that_is_handed_on_holds_nothing_that_its_new_reader_may_not_read(line):
    line[0].roles = ["process_owner"]
    _made, approval = asked(line, question="{record.need}: {record.notes}")
    assert approval.question["en"] == "pumps: Tall"
    given.put(rows=[line[0]], by=SYSTEM)
    leave(line[1])
    approval.refresh_from_db()
    assert (approval.person, approval.question["en"]) == (line[0], "pumps: ")
    assert Message.objects.get(person=line[0]).subject["en"] == "pumps: "


def test_a_question_holds_nothing_that_a_superior_may_not_read_who_may_answer_it(line):
    line[0].roles = ["process_owner"]
    given.put(rows=[line[0]], by=SYSTEM)
    _made, approval = asked(line, question="{record.need}: {record.notes}")
    assert approval.question["en"] == "pumps: "


def test_when_nobody_is_left_to_ask_the_question_stands_for_administrators(line):
    _made, approval = asked(line, by=given.actor(line[0]))
    leave(line[1])
    approval.refresh_from_db()
    assert approval.person.family_name == "陈"


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"question": ""}, "/question"),
        ({"question": "{record.nothing}"}, "/question"),
        ({"to": "person"}, "/person"),
        ({"within": {}}, "/within"),
        ({"approved": [], "refused": [], "unanswered": []}, "/approved"),
        ({"approved": [{"step": "nothing"}]}, "/approved/0/step"),
    ],
)
def test_what_can_never_work_is_refused_when_it_is_kept(line, more, place):
    with pytest.raises(Invalid) as refused:
        asking(line[0], **more)
    assert any(e.pointer.endswith(f"/parameters{place}") for e in refused.value.errors)


def test_it_is_answered_on_my_work_on_the_record_and_over_the_api(line):
    _made, approval = asked(line)
    head, lead, _rep = (actor_of_person(one) for one in line)
    assert "Waits for your approval 1 May pumps go on?" in words(visit(lead, "/"))
    assert "Waits for people who report to you 1" in words(visit(head, "/approvals/"))
    row = registry["lead"].model.objects.get()
    assert "May pumps go on?" in approval_card(registry["lead"], row, lead)
    other = approval_card(registry["lead"], row, actor_of_person(line[2]))
    assert ("林 is asked" in other, "May pumps" in other) == (True, False)
    with pytest.raises(Http404):
        visit(actor_of_person(line[2]), f"/approvals/{approval.pk}/")
    wrong = visit(lead, f"/approvals/{approval.pk}/", answer="refused")
    assert (wrong.status_code, "why you refuse" in wrong.content.decode()) == (422, True)
    NinjaAPI(urls_namespace="approvals-alone").add_router("", router)
    client = TestClient(router)
    assert [one["id"] for one in ask(client, "GET", "", by=head)] == [approval.pk]
    told = ask(client, "POST", f"/{approval.pk}/answer", by=head, answer="approved")
    assert (told["state"], told["answered_by"]) == ("approved", line[0].pk)
    assert "Answered by you" in words(visit(head, "/approvals/"))
    assert approval_card(registry["lead"], row, lead) == ""
