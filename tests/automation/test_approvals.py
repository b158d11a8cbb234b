"""A rule asks for approval, waits, and goes on by the answer: once, by the right person, in time."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.approvals.answering import ApprovalOver, answer_approval
from kinflow.automation.approvals.api import router
from kinflow.automation.approvals.following import ask_others
from kinflow.automation.approvals.models import Approval
from kinflow.automation.approvals.showing import approval_card
from kinflow.automation.messages.models import Message
from kinflow.automation.rules.actions import current_version
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleRun
from kinflow.automation.rules.sentences import rule_sentence
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.people.actions import record_leaving
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.faces import registry
from kinflow.sales.leads.actions import change_lead

from . import given
from .rules_given import HOT, happens, rule, work
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
    east = given.unit()
    head = given.person("何", east, roles=("team_lead",))
    lead = given.person("林", east, roles=("team_lead",), reports_to=head)
    return head, lead, given.person("孙", east, reports_to=lead)


def plan(subject):
    return {
        "step": "create_record",
        "parameters": {"record_type": "activity", "values": {"subject": subject}},
    }


def asking(owner, **more):
    """A rule that asks whom the lead's owner reports to."""
    parameters = {
        "to": "lead",
        "question": "May {record.need} go on?",
        "within": {"amount": 4, "unit": "hours"},
        "approved": [plan("Yes")],
        "refused": [plan("No")],
        "unanswered": [plan("Late")],
        **more,
    }
    return rule(
        owner,
        name="Ask first",
        trigger=happens("sales.lead_changed"),
        condition=HOT,
        steps=[{"step": "ask_for_approval", "parameters": parameters}, plan("After")],
    )


def asked(line, *, by=SYSTEM, **more):
    """The approval that such a rule asks for because of a lead of the last in line."""
    made = asking(given.person("陈", line[0].unit, roles=("team_lead",)), **more)
    work()
    change_lead(lead=given.lead(owner=line[2]), changes={"score": 90}, by=by)
    work()
    return made, Approval.objects.select_related("person").get()


def done():
    return sorted(Activity.objects.values_list("subject", flat=True))


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
    assert "for approval, within 4 hours: “May {record.need} go on?”; if approved: create Activity" in told


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


def test_when_who_is_asked_leaves_the_next_in_line_is_asked(line):
    _made, approval = asked(line)
    record_leaving(person=line[1], on=timezone.now().date(), by=SYSTEM)
    ask_others(Entry.objects.get(name="organisation.person_left"))
    approval.refresh_from_db()
    assert approval.person == line[0]
    assert Message.objects.filter(person=line[0], key=f"approval:{approval.pk}").exists()
    answer_approval(approval=approval, answer="approved", by=actor_of_person(line[0]))
    work()
    assert done() == ["After", "Yes"]


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
