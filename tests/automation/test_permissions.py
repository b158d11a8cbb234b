"""Who may give work, hand it back, have it assigned: the seven roles."""

import pytest

from kinflow.automation.assignments.actions import assign_by_scoring, give, hand_back, take
from kinflow.automation.assignments.reaching import work_at
from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.records.access import ROLES

from . import given
from .scorings_given import lead_scoring

pytestmark = pytest.mark.django_db
GIVES = {"team_lead", "administrator"}


@pytest.fixture
def cast():
    """A unit with an owner, somebody else, a scoring and a lead of the owner's."""
    east = given.unit()
    owner, other = given.person("陈", east), given.person("孙", east)
    lead_scoring()
    return east, owner, other, given.lead(owner=owner)


def someone(role, east):
    """Somebody of the unit with the role, who oversees it."""
    return given.actor(given.person("周", east, roles=(role,)))


def allowed(call):
    """Whether the call is not refused."""
    try:
        call()
    except Refused:
        return False
    return True


@pytest.mark.parametrize("role", ROLES)
def test_who_may_give_anothers_lead_to_somebody(cast, role):
    east, _owner, other, lead = cast
    by = someone(role, east)
    assert allowed(lambda: give(record=lead, person=other, reason="why", by=by)) == (role in GIVES)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_let_the_scoring_decide_again(cast, role):
    east, _owner, _other, lead = cast
    by = someone(role, east)
    assert allowed(lambda: assign_by_scoring(record=lead, again=True, by=by)) == (role in GIVES)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_hand_anothers_lead_back(cast, role):
    east, _owner, _other, lead = cast
    by = someone(role, east)
    assert allowed(lambda: hand_back(record=lead, reason="why", by=by)) == (role in GIVES)


def test_everybody_who_has_an_item_may_hand_it_back(cast):
    _east, owner, _other, lead = cast
    hand_back(record=lead, reason="why", by=given.actor(owner))
    lead.refresh_from_db()
    assert lead.owner is None


def test_a_lead_of_another_unit_is_not_a_team_leads_to_give(cast):
    _east, _owner, other, lead = cast
    west = given.unit("West")
    by = someone("team_lead", west)
    assert not allowed(lambda: give(record=lead, person=other, reason="why", by=by))


def test_what_is_nobodys_may_be_given_by_any_team_lead(cast):
    _east, _owner, other, _lead = cast
    by = someone("team_lead", given.unit("West"))
    nobodys = given.lead(name="New")
    assert work_at("lead", nobodys.pk, by).pk == nobodys.pk
    assert allowed(lambda: give(record=nobodys, person=other, reason="why", by=by))


def test_nobody_takes_work_for_somebody_else(cast):
    east, owner, other, _lead = cast
    nobodys = given.lead(name="New")
    with pytest.raises(Exception, match="oneself"):
        take(record=nobodys, person=owner, by=given.actor(other))


def test_strangers_see_no_reason(cast):
    east, _owner, other, lead = cast
    with pytest.raises(NotFound):
        work_at("lead", lead.pk, given.actor(other))
    assert work_at("lead", lead.pk, someone("auditor", east)).pk == lead.pk


def test_a_token_that_only_reads_gives_nothing(cast):
    east, _owner, other, lead = cast
    boss = given.person("周", east, roles=("team_lead",))
    by = given.actor(boss)
    reading = Actor(**{**by.__dict__, "scopes": frozenset({"read"})})
    assert not allowed(lambda: give(record=lead, person=other, reason="why", by=reading))
