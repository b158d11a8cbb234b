"""Two people who answer or finish the same thing at once: one wins, and the other is told."""

from decimal import Decimal

import pytest

from kinflow.automation.approvals.answering import ApprovalOver, answer_approval
from kinflow.automation.approvals.models import Approval
from kinflow.customers.activities.actions import WrongStatus, finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Problem
from kinflow.processes.execution.actions import cancel_process, move_token, start_process
from kinflow.sales.opportunities.actions import discount_opportunity
from tests.automation.authority_given import cast, policy
from tests.automation.given import lead
from tests.automation.test_concurrency import at_once
from tests.processes.execution.given import at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db(transaction=True)


def both(*acts):
    """Do these at once; what those were told who did not get through."""
    refused = []

    def told(act):
        try:
            act()
        except Problem as problem:
            refused.append(problem)

    at_once(*[lambda act=act: told(act) for act in acts])
    return refused


def test_a_question_of_a_policy_is_answered_once():
    found = cast()
    policy()
    discount_opportunity(opportunity=found.sale, discount=Decimal(12), by=found.by)
    question = Approval.objects.get()

    def say(answer):
        return lambda: answer_approval(approval=question, answer=answer, comment="No", by=found.leader)

    refused = both(say("approved"), say("refused"), say("approved"))
    assert [type(one) for one in refused] == [ApprovalOver] * 2
    assert all("answered already" in str(one) and one.remedy for one in refused)
    question.refresh_from_db()
    found.sale.refresh_from_db()
    assert found.sale.discount == (12 if question.state == "approved" else 0)
    names = ("automation.decision_approved", "automation.decision_refused")
    assert Entry.objects.filter(name__in=names).count() == 1


def test_a_task_of_a_process_is_finished_once_and_lets_it_go_on_once():
    me = owner()
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    task = Activity.objects.get()

    def finish(result):
        return lambda: finish_activity(activity=task, result=result, by=by_of(me))

    refused = both(finish("approved"), finish("refused"))
    assert [type(one) for one in refused] == [WrongStatus]
    assert refused[0].remedy
    follow()
    started.refresh_from_db()
    task.refresh_from_db()
    assert (at(started), started.results["a"]) == (["b"], task.result)


def test_of_two_who_move_and_cancel_the_same_instance_at_once_one_wins():
    me = owner()
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    number = started.tokens.get().number
    move = {"processinstance": started, "token": number, "to": "b", "reason": "Sooner", "by": by_of(me)}
    refused = both(lambda: move_token(**move), lambda: move_token(**move))
    assert ["gone on meanwhile" in str(one) for one in refused] == [True]
    assert (at(started), Activity.objects.filter(status="planned").count()) == (["b"], 1)
    cancel = {"processinstance": started, "reason": "No use", "by": by_of(me)}
    refused = both(lambda: cancel_process(**cancel), lambda: cancel_process(**cancel))
    assert ["has ended" in str(one) for one in refused] == [True]
    assert Entry.objects.filter(name="processes.process_cancelled").count() == 1
