"""What can be done with cases, and what is refused without a trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.records.changing import Stale
from kinflow.service.cases import actions
from kinflow.service.cases.actions import WrongStatus
from kinflow.service.models import Case
from tests.factories import account, case, contact, person

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    """The names of all service entries, oldest first."""
    return list(
        Entry.objects.filter(name__startswith="service.").order_by("pk").values_list("name", flat=True)
    )


def test_a_case_takes_account_language_and_place_from_its_contact():
    company = account(name="南京水务", province="江苏", country="CN")
    who = contact(account=company, language="zh", country="", province="")
    opened = case(contact=who)
    assert (opened.account, opened.language) == (company, "zh")
    assert (opened.country, opened.province) == ("CN", "江苏")
    assert opened.status == "new"
    assert names() == ["service.case_opened"]


def test_an_owner_at_the_start_is_told_as_an_assignment():
    chen = person()
    opened = case(owner=chen)
    assert (opened.owner, opened.unit) == (chen, chen.unit)
    assert names() == ["service.case_opened", "service.case_assigned"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"subject": "  "}, "/subject"),
        ({"kind": "wish"}, "/kind"),
        ({"priority": "yesterday"}, "/priority"),
        ({"channel": "pigeon"}, "/channel"),
    ],
)
def test_wrong_values_are_named_and_nothing_is_kept(given, field):
    with pytest.raises(Invalid) as refused:
        case(**given)
    assert [error.pointer for error in refused.value.errors] == [field]
    assert not Case.objects.exists()
    assert not names()


def test_the_first_answer_opens_the_case_and_its_time_is_kept():
    opened = case()
    once = actions.answer_case(case=opened, text="Please send a photo.", by=SYSTEM)
    assert once.status == "open"
    assert once.answered_at is not None
    again = actions.answer_case(case=once, text="Thank you.", by=SYSTEM)
    assert again.answered_at == once.answered_at
    told = Entry.objects.filter(name="service.case_answered").order_by("pk")
    assert [entry.data["is_first"] for entry in told] == [True, False]


def test_an_empty_answer_or_solution_is_refused():
    opened = case()
    for wrong in (
        lambda: actions.answer_case(case=opened, text=" \n", by=SYSTEM),
        lambda: actions.solve_case(case=opened, solution="", by=SYSTEM),
    ):
        with pytest.raises(Invalid):
            wrong()
    opened.refresh_from_db()
    assert (opened.status, opened.version) == ("new", 1)


def test_waiting_for_the_customer_changes_the_status_and_nothing_else():
    opened = case()
    waiting = actions.wait_for_customer(case=opened, question="Which serial number?", by=SYSTEM)
    assert waiting.status == "waiting"
    assert (waiting.due_at, waiting.answered_at, waiting.owner) == (opened.due_at, None, None)
    assert actions.resume_case(case=waiting, by=SYSTEM).status == "open"
    assert names()[1:] == ["service.case_waiting_began", "service.case_resumed"]


def test_a_case_goes_from_solved_to_closed_and_back_and_the_return_is_counted():
    opened = case()
    solved = actions.solve_case(case=opened, solution="Seal replaced.", by=SYSTEM)
    assert solved.solved_at is not None
    closed = actions.close_case(case=solved, by=SYSTEM)
    assert (closed.status, closed.closed_at is not None) == ("closed", True)
    again = actions.reopen_case(case=closed, reason="It leaks again.", by=SYSTEM)
    assert (again.status, again.reopened, again.solved_at, again.closed_at) == ("open", 1, None, None)
    assert again.solution == "Seal replaced."
    assert again.opened_at > opened.opened_at
    assert again.due_at >= opened.due_at
    twice = actions.reopen_case(
        case=actions.solve_case(case=again, solution="New pump.", by=SYSTEM), by=SYSTEM
    )
    assert twice.reopened == 2


def test_solving_after_the_due_time_is_told_as_late(monkeypatch):
    opened = case(priority="urgent")
    late = opened.due_at + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: late)
    actions.solve_case(case=opened, solution="Restarted.", by=SYSTEM)
    assert Entry.objects.get(name="service.case_solved").data["is_late"] is True


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ("new", lambda c: actions.close_case(case=c, by=SYSTEM)),
        ("new", lambda c: actions.reopen_case(case=c, by=SYSTEM)),
        ("open", lambda c: actions.resume_case(case=c, by=SYSTEM)),
        ("solved", lambda c: actions.answer_case(case=c, text="x", by=SYSTEM)),
        ("solved", lambda c: actions.resume_case(case=c, by=SYSTEM)),
        ("solved", lambda c: actions.solve_case(case=c, solution="x", by=SYSTEM)),
        ("solved", lambda c: actions.wait_for_customer(case=c, by=SYSTEM)),
    ],
)
def test_a_step_that_the_status_does_not_allow_changes_nothing(before, step):
    opened = case()
    if before == "open":
        opened = actions.resume_case(case=opened, by=SYSTEM)
    if before == "solved":
        opened = actions.solve_case(case=opened, solution="Done.", by=SYSTEM)
    told = names()
    with pytest.raises(WrongStatus) as refused:
        step(opened)
    assert refused.value.status == 409
    opened.refresh_from_db()
    assert opened.status == before
    assert names() == told


def test_another_priority_means_another_due_time_and_both_are_told():
    opened = case(priority="normal")
    urgent = actions.change_case(case=opened, changes={"priority": "urgent"}, by=SYSTEM)
    assert urgent.due_at < opened.due_at
    changes = Entry.objects.get(name="service.case_changed").data["changes"]
    assert changes["priority"] == ["normal", "urgent"]
    assert changes["due_at"] == [opened.due_at.isoformat(), urgent.due_at.isoformat()]


def test_a_change_to_what_it_is_already_is_no_event():
    opened = case(priority="normal")
    actions.change_case(case=opened, changes={"priority": "normal"}, by=SYSTEM)
    assert names() == ["service.case_opened"]


@pytest.mark.parametrize(
    "changes", [{"status": "closed"}, {"due_at": None}, {"priority": "soon"}, {"nonsense": 1}]
)
def test_fields_that_follow_from_actions_and_wrong_values_cannot_be_set(changes):
    opened = case()
    with pytest.raises(Invalid):
        actions.change_case(case=opened, changes=changes, by=SYSTEM)
    opened.refresh_from_db()
    assert opened.version == 1


def test_a_stale_edit_is_refused_with_both_values():
    opened = case(subject="Noise")
    actions.change_case(case=opened, changes={"subject": "Loud noise"}, by=SYSTEM)
    with pytest.raises(Stale) as refused:
        actions.change_case(case=opened, changes={"subject": "Hum"}, seen={"subject": "Noise"}, by=SYSTEM)
    assert (refused.value.extra["now"], refused.value.extra["seen"]) == ("Loud noise", "Noise")


def test_a_case_is_given_and_handed_back_with_card_and_reason():
    chen = person()
    opened = case()
    given = actions.assign_case(case=opened, person=chen, card={"winner": {"points": 71}}, by=SYSTEM)
    assert (given.owner, given.unit, given.assigned_at is not None) == (chen, chen.unit, True)
    back = actions.assign_case(case=given, person=None, reason="On leave", by=SYSTEM)
    assert (back.owner, back.unit) == (None, chen.unit)
    first, second = Entry.objects.filter(name="service.case_assigned").order_by("pk")
    assert first.data["card"] == {"winner": {"points": 71}}
    assert second.data["reason"] == "On leave"
