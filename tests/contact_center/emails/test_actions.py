"""What can be done with e-mails, and what is refused without a trace."""

import pytest

from kinflow.contact_center.emails import actions
from kinflow.contact_center.emails.actions import HasCase, WrongStatus
from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.service.models import Case
from tests.factories import account, case, contact, person

from .letters import letter

pytestmark = pytest.mark.django_db


def received(**more) -> Email:
    return actions.receive_email(raw=letter(**more), by=SYSTEM)


def names() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def test_an_email_is_given_to_somebody_and_handed_back():
    chen = person()
    given = actions.assign_email(email=received(), person=chen, card={"winner": 1}, by=SYSTEM)
    assert (given.owner, given.unit, given.status) == (chen, chen.unit, "open")
    back = actions.assign_email(email=given, person=None, reason="Not mine", by=SYSTEM)
    assert (back.owner, back.status) == (None, "new")
    assert [e.data["reason"] for e in Entry.objects.filter(name="contact_center.email_assigned")] == [
        "",
        "Not mine",
    ]


def test_an_answer_is_recorded_and_counts_for_the_case():
    opened = case()
    email = actions.join_case(email=received(), case=opened, by=SYSTEM)
    answered = actions.answer_email(email=email, text="We come tomorrow.", by=SYSTEM)
    assert (answered.status, answered.answered_at is not None) == ("answered", True)
    opened.refresh_from_db()
    assert (opened.status, opened.answered_at is not None) == ("open", True)
    assert names()[-2:] == ["contact_center.email_answered", "service.case_answered"]


def test_an_answer_to_a_mail_of_a_closed_case_stays_with_the_mail():
    from kinflow.service.cases import actions as cases

    opened = case()
    email = actions.join_case(email=received(), case=opened, by=SYSTEM)
    cases.close_case(case=cases.solve_case(case=opened, solution="Done.", by=SYSTEM), by=SYSTEM)
    actions.answer_email(email=email, text="You are welcome.", by=SYSTEM)
    assert names()[-1] == "contact_center.email_answered"


def test_an_email_needs_no_answer_and_then_does():
    email = actions.ignore_email(email=received(), reason="Thanks only", by=SYSTEM)
    assert email.status == "ignored"
    assert actions.reopen_email(email=email, by=SYSTEM).status == "new"


@pytest.mark.parametrize(
    "step",
    [
        lambda e: actions.answer_email(email=e, text="Again", by=SYSTEM),
        lambda e: actions.ignore_email(email=e, by=SYSTEM),
    ],
)
def test_what_is_answered_is_neither_answered_again_nor_ignored(step):
    email = actions.answer_email(email=received(), text="Yes.", by=SYSTEM)
    told = names()
    with pytest.raises(WrongStatus):
        step(email)
    email.refresh_from_db()
    assert email.status == "answered"
    assert names() == told


def test_what_is_open_cannot_be_reopened():
    with pytest.raises(WrongStatus):
        actions.reopen_email(email=received(), by=SYSTEM)


def test_a_case_takes_over_what_the_mail_says():
    who = contact(email="li.wei@water.example", account=account(name="Water Works"), language="zh")
    email = received(subject="Re: Pump leaks")
    opened = actions.open_case_from_email(email=email, kind="repair", priority="high", by=SYSTEM)
    assert (opened.subject, opened.description) == ("Pump leaks", "Our pump leaks.")
    assert (opened.contact, opened.account, opened.channel, opened.language) == (
        who,
        who.account,
        "email",
        "zh",
    )
    assert (opened.kind, opened.priority) == ("repair", "high")
    email.refresh_from_db()
    assert (email.case, email.thread.case) == (opened, opened)
    assert names()[-2:] == ["service.case_opened", "contact_center.email_joined_to_case"]


def test_one_mail_opens_one_case():
    email = received()
    actions.open_case_from_email(email=email, by=SYSTEM)
    with pytest.raises(HasCase):
        actions.open_case_from_email(email=email, by=SYSTEM)
    assert Case.objects.count() == 1


def test_a_case_needs_a_subject_from_somewhere():
    email = received(subject="")
    with pytest.raises(Invalid):
        actions.open_case_from_email(email=email, by=SYSTEM)
    assert not Case.objects.exists()
    assert actions.open_case_from_email(email=email, subject="Leak", by=SYSTEM).subject == "Leak"


def test_a_wrong_kind_of_case_leaves_the_mail_as_it_is():
    email = received()
    with pytest.raises(Invalid):
        actions.open_case_from_email(email=email, kind="wish", by=SYSTEM)
    email.refresh_from_db()
    assert (email.case, email.version) == (None, 1)


def test_joining_takes_the_thread_along_and_can_be_corrected():
    first, second = case(), case()
    email = actions.join_case(email=received(number="a@x"), case=first, by=SYSTEM)
    with pytest.raises(HasCase):
        actions.join_case(email=email, case=first, by=SYSTEM)
    actions.join_case(email=email, case=second, by=SYSTEM)
    assert received(number="b@x", answers="a@x").case == second


def test_saying_who_wrote_brings_the_account_along():
    company = account(name="Water Works")
    who = contact(account=company)
    email = actions.change_email(email=received(), changes={"contact": who.pk}, by=SYSTEM)
    assert (email.contact, email.account) == (who, company)
    told = Entry.objects.get(name="contact_center.email_changed").data["changes"]
    assert set(told) == {"contact", "account"}


@pytest.mark.parametrize("changes", [{"text": "forged"}, {"sender": "a@b.c"}, {"status": "answered"}])
def test_what_somebody_wrote_cannot_be_changed(changes):
    email = received()
    with pytest.raises(Invalid):
        actions.change_email(email=email, changes=changes, by=SYSTEM)
