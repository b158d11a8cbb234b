"""Who may do what with cases."""

import pytest

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused
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
from kinflow.service.cases import actions
from kinflow.service.models import Case
from tests.factories import actor_for, case, person

pytestmark = pytest.mark.django_db

STEPS = {
    "open": lambda c, by: actions.open_case(subject="Leak", by=by),
    "change": lambda c, by: actions.change_case(case=c, changes={"subject": "Leak again"}, by=by),
    "answer": lambda c, by: actions.answer_case(case=c, text="We come tomorrow.", by=by),
    "wait": lambda c, by: actions.wait_for_customer(case=c, by=by),
    "resume": lambda c, by: actions.resume_case(case=c, by=by),
    "solve": lambda c, by: actions.solve_case(case=c, solution="Done.", by=by),
    "assign": lambda c, by: actions.assign_case(case=c, person=None, by=by),
}
FULL = {ADMINISTRATOR, AGENT, TEAM_LEAD}
ANYBODYS = {"open": FULL | {REPRESENTATIVE, MARKETER}, **dict.fromkeys(set(STEPS) - {"open"}, FULL)}
THEIR_OWN = {
    name: who | {REPRESENTATIVE} if name not in ("assign", "open") else who for name, who in ANYBODYS.items()
}


def actor(role: str) -> Actor:
    """Somebody of the role who owns nothing yet."""
    return actor_for(person(given_name=role, roles=(role,)))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_who_may_do_what_with_anybodys_case(step, role):
    _assert_allowed(step, case(), actor(role), is_allowed=role in ANYBODYS[step])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_who_may_do_what_with_their_own_case(step, role):
    by = actor(role)
    own = actions.assign_case(case=case(), person=person_of(by), by=SYSTEM)
    _assert_allowed(step, own, by, is_allowed=role in THEIR_OWN[step])


def person_of(by: Actor):
    """The person behind the actor."""
    from kinflow.organisation.models import Person

    return Person.objects.get(pk=by.person_id)


def _assert_allowed(step: str, about: Case, by: Actor, *, is_allowed: bool) -> None:
    told = Entry.objects.count()
    if is_allowed:
        STEPS[step](about, by)
        assert Entry.objects.count() > told
        return
    with pytest.raises(Refused):
        STEPS[step](about, by)
    assert Entry.objects.count() == told


@pytest.mark.parametrize("role", ROLES)
def test_everybody_who_works_with_customers_sees_their_cases(role):
    opened = case()
    expected = {REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER, ADMINISTRATOR, AUDITOR}
    assert (role in expected) == (opened in visible(actor(role), Case.objects.all()))


def test_nobody_without_a_role_sees_or_does_anything():
    opened = case()
    stranger = Actor("person", "0", "Nobody")
    assert not visible(stranger, Case.objects.all()).exists()
    with pytest.raises(Refused):
        actions.answer_case(case=opened, text="x", by=stranger)
