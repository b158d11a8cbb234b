"""Who may change and see customers: each role, on its own team's record and on another's."""

import pytest

from kinflow.customers.accounts.actions import assign_account, change_account
from kinflow.customers.accounts.models import Account
from kinflow.customers.activities.actions import finish_activity, plan_activity
from kinflow.customers.consents.actions import record_consent
from kinflow.customers.contacts.actions import change_contact
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Refused
from kinflow.records.access import (
    ADMINISTRATOR,
    AGENT,
    AUDITOR,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    visible,
)

from .cast import account, actor_for, all_rows, colleague, contact

pytestmark = pytest.mark.django_db

ROLES = (REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER, ADMINISTRATOR, AUDITOR)
ALL_CHANGERS = {AGENT, MARKETER, ADMINISTRATOR}
CHANGE = {
    "own": {REPRESENTATIVE, TEAM_LEAD, *ALL_CHANGERS},
    "team": {TEAM_LEAD, *ALL_CHANGERS},
    "other": ALL_CHANGERS,
}
SEE = {
    "own": set(ROLES),
    "team": set(ROLES) - {REPRESENTATIVE},
    "other": set(ROLES) - {REPRESENTATIVE, TEAM_LEAD},
}
ASSIGN = {
    "own": {TEAM_LEAD, ADMINISTRATOR},
    "team": {TEAM_LEAD, ADMINISTRATOR},
    "other": {ADMINISTRATOR},
}
FINISH = {
    "own": {REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, ADMINISTRATOR},
    "team": {TEAM_LEAD, ADMINISTRATOR},
    "other": {ADMINISTRATOR},
}
CASES = [(role, whose) for role in ROLES for whose in ("own", "team", "other")]


def cast(role, whose):
    """The actor, and the owner of the record: the actor, a colleague, or somebody in another team."""
    me = colleague()
    owner = {"own": me, "team": colleague("李娜"), "other": colleague("林涛", "West")}[whose]
    return actor_for(role, me), owner


def expect(is_allowed, run, *rows):
    """The call works, or is refused and changes nothing."""
    if is_allowed:
        run()
        return
    before = all_rows(*rows)
    with pytest.raises(Refused):
        run()
    assert all_rows(*rows) == before


@pytest.mark.parametrize(("role", "whose"), CASES)
def test_accounts(role, whose):
    by, owner = cast(role, whose)
    row = account(owner=owner)
    assert visible(by, Account.objects.all()).exists() is (role in SEE[whose])
    expect(role in CHANGE[whose], lambda: change_account(account=row, changes={"city": "苏州"}, by=by), row)
    expect(role in ASSIGN[whose], lambda: assign_account(account=row, person=owner, by=by), row)


@pytest.mark.parametrize(("role", "whose"), CASES)
def test_contacts(role, whose):
    by, owner = cast(role, whose)
    row = contact(owner=owner)
    may = role in CHANGE[whose]
    expect(may, lambda: change_contact(contact=row, changes={"title": "厂长"}, by=by), row)
    expect(
        may,
        lambda: record_consent(contact=row, channel="email", purpose="service", is_given=True, by=by),
        row,
    )
    expect(role == ADMINISTRATOR, lambda: erase_contact(contact=row, reason="asked", by=by), row)


@pytest.mark.parametrize(("role", "whose"), CASES)
def test_activities(role, whose):
    by, owner = cast(role, whose)
    row = plan_activity(subject="Call", owner=owner, by=SYSTEM)
    expect(role in FINISH[whose], lambda: finish_activity(activity=row, by=by), row)
