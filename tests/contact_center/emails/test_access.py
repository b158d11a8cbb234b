"""Who reads and answers e-mails."""

import pytest

from kinflow.contact_center.emails import actions
from kinflow.contact_center.emails.showing import message_of
from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person
from kinflow.records.access import (
    ADMINISTRATOR,
    AGENT,
    AUDITOR,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    ROLES,
    TEAM_LEAD,
    visible,
)
from tests.factories import actor_for, case, person

from .letters import letter

pytestmark = pytest.mark.django_db
FULL = {ADMINISTRATOR, AGENT, TEAM_LEAD}
STEPS = {
    "change": lambda e, by: actions.change_email(email=e, changes={"language": "de"}, by=by),
    "answer": lambda e, by: actions.answer_email(email=e, text="Yes.", by=by),
    "ignore": lambda e, by: actions.ignore_email(email=e, by=by),
    "join": lambda e, by: actions.join_case(email=e, case=case(), by=by),
    "open": lambda e, by: actions.open_case_from_email(email=e, by=by),
    "assign": lambda e, by: actions.assign_email(email=e, person=None, by=by),
}


def actor(role: str) -> Actor:
    return actor_for(person(given_name=role, roles=(role,)))


def received(owner: Person | None = None) -> Email:
    email = actions.receive_email(raw=letter(), by=SYSTEM)
    return actions.assign_email(email=email, person=owner, by=SYSTEM) if owner else email


def assert_allowed(step: str, email: Email, by: Actor, *, is_allowed: bool) -> None:
    if is_allowed:
        STEPS[step](email, by)
        return
    version, about = email.version, Entry.objects.filter(mentions__kind="email")
    told = about.count()
    with pytest.raises(Refused):
        STEPS[step](email, by)
    email.refresh_from_db()
    assert (email.version, about.count()) == (version, told)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_who_may_do_what_with_anybodys_mail(step, role):
    assert_allowed(step, received(), actor(role), is_allowed=role in FULL)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_who_may_do_what_with_their_own_mail(step, role):
    by = actor(role)
    owners = FULL | ({REPRESENTATIVE, MARKETER} if step != "assign" else set())
    own = received(Person.objects.get(pk=by.person_id))
    assert_allowed(step, own, by, is_allowed=role in owners)


@pytest.mark.parametrize("role", ROLES)
def test_only_machines_and_the_administrator_take_in_mails(role):
    if role == ADMINISTRATOR:
        actions.receive_email(raw=letter(), by=actor(role))
        return
    with pytest.raises(Refused):
        actions.receive_email(raw=letter(), by=actor(role))
    assert not Email.objects.exists()


def test_a_refused_mail_leaves_no_file(file_store):
    with pytest.raises(Refused):
        actions.receive_email(raw=letter(), by=actor(MARKETER))
    assert not file_store.exists()


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_mails_and_who_reads_their_words(role):
    email, by = received(), actor(role)
    assert (email in visible(by, Email.objects.all())) == (role in FULL | {AUDITOR})
    reads = message_of(email, by) is not None
    assert reads == (role not in (AUDITOR, PROCESS_OWNER))
