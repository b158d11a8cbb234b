"""Whom a policy asks: by name, by unit, of several; who sees what they asked, and takes it back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.automation.approvals.answering import ApprovalOver
from kinflow.automation.approvals.models import Approval
from kinflow.automation.approvals.showing import approval_card
from kinflow.automation.authority.actions import first_content, switch_policy
from kinflow.automation.authority.deciding import withdraw_question
from kinflow.automation.authority.models import AuthorityUse, Policy
from kinflow.automation.authority.words import question_words
from kinflow.automation.decisions.actions import change_table, put_table_live
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.people.presence import add_absence, remove_absence
from kinflow.organisation.positions.actions import add_position, retire_position
from kinflow.organisation.retiring import StillInUse
from kinflow.organisation.units.actions import change_unit, close_unit
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.faces import registry

from . import given
from .authority_given import cast, discount, now_given, policy
from .doors import page_status
from .test_api import ask
from .test_pages import visit, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def us():
    return cast()


def asking(who, limit=5):
    """A policy that asks them above a limit."""
    content = first_content("discount", str(limit))
    content["rows"][1]["then"] = [who]
    return content


def who_is_asked(us, percent=12):
    discount(us, percent)
    return Approval.objects.get(state="open").person


def test_a_person_is_asked_by_name_and_decides_alone(us):
    expert = given.person("钱", us.rep.unit, roles=("team_lead",))
    policy(content=asking(f"person:{expert.pk}"))
    assert who_is_asked(us) == expert
    discount(us, 13, given.actor(expert))
    assert now_given(us) == 13


def test_who_leads_a_unit_is_asked_and_where_nobody_does_who_leads_the_one_above(us):
    house = given.unit("House")
    desk = given.unit("Desk", house)
    change_unit(unit=house, changes={"lead": us.head.pk}, by=SYSTEM)
    policy(content=asking(f"unit:{desk.pk}"))
    assert who_is_asked(us) == us.head
    change_unit(unit=desk, changes={"lead": us.lead.pk}, by=SYSTEM)
    assert who_is_asked(us, 14) == us.lead


def test_of_those_who_hold_a_position_the_one_with_the_least_to_answer_is_asked(us):
    post = add_position(name="Controller", unit=us.rep.unit, by=SYSTEM)
    both = [given.person(name, us.rep.unit, roles=("team_lead",)) for name in "赵钱"]
    for one in both:
        change_person(person=one, changes={"position": post.pk}, by=SYSTEM)
    policy(content=asking(f"position:{post.pk}"))
    assert who_is_asked(us) == both[0]
    discount(us, 12, us.leader)
    assert {one.person_id for one in Approval.objects.filter(state="open")} == {one.pk for one in both}
    for one in both:
        change_person(person=one, changes={"position": None}, by=SYSTEM)
    change_unit(unit=us.rep.unit, changes={"lead": us.head.pk}, by=SYSTEM)
    Approval.objects.all().delete()
    assert who_is_asked(us, 15) == us.head  # nobody holds it: who leads its unit


def test_whoever_is_away_for_days_is_not_asked_while_somebody_above_is_here(us):
    policy()
    now = timezone.now()
    away = {"starts_at": now - timedelta(hours=1), "by": SYSTEM}
    short = add_absence(person=us.lead, ends_at=now + timedelta(hours=6), **away)
    assert who_is_asked(us) == us.lead
    remove_absence(absence=short, by=SYSTEM)
    add_absence(person=us.lead, ends_at=now + timedelta(days=9), **away)
    assert who_is_asked(us, 14) == us.head
    add_absence(person=us.head, ends_at=now + timedelta(days=9), **away)
    assert who_is_asked(us, 16) == us.lead  # nobody is here: the nearest


@pytest.mark.parametrize(
    "who", ["position:999999", "unit:999999", "person:999999", "position:0", "person:x", "unit:"]
)
def test_whom_there_is_not_cannot_be_asked(us, who):
    with pytest.raises(Invalid) as refused:
        policy(content=asking(who))
    assert [each.pointer for each in refused.value.errors] == ["/content/rows/1/then/0"]
    assert not Policy.objects.exists()


def test_whom_a_policy_in_force_asks_is_neither_retired_nor_closed(us):
    post, desk = add_position(name="Head", unit=us.rep.unit, by=SYSTEM), given.unit("Desk")
    rule = policy(content=asking(f"position:{post.pk}"))
    with pytest.raises(StillInUse, match="Limit of discount"):
        retire_position(position=post, by=SYSTEM)
    change_table(decisiontable=rule.table, changes={"content": asking(f"unit:{desk.pk}")}, by=SYSTEM)
    put_table_live(decisiontable=rule.table, by=SYSTEM)
    assert retire_position(position=post, by=SYSTEM).is_retired
    with pytest.raises(StillInUse, match="Limit of discount"):
        close_unit(unit=desk, by=SYSTEM)
    with pytest.raises(Invalid):  # the version that asks the retired position may not count again
        put_table_live(decisiontable=rule.table, number=1, by=SYSTEM)
    switch_policy(policy=rule, is_active=False, by=SYSTEM)
    assert close_unit(unit=desk, by=SYSTEM).is_closed


def test_whoever_asked_sees_the_question_and_can_take_it_back_until_it_is_answered(us):
    policy()
    discount(us, 12)
    one = Approval.objects.get()
    asker, stranger = actor_of_person(us.rep), actor_of_person(given.person("钱", us.rep.unit))
    for path in ("/approvals/", f"/approvals/{one.pk}/"):
        assert "may 孙?" in words(visit(asker, path)), path
    assert "Take it back" in approval_card(registry["opportunity"], us.sale, asker)
    assert page_status(asker, f"/approvals/{one.pk}/", answer="approved") == 403
    assert page_status(stranger, f"/approvals/{one.pk}/withdraw/", x="1") == 404
    with pytest.raises(Refused):
        withdraw_question(approval=one, by=us.leader)
    assert page_status(asker, f"/approvals/{one.pk}/withdraw/", x="1") == 302
    assert (Approval.objects.get().state, AuthorityUse.objects.get().outcome) == ("withdrawn", "withdrawn")
    assert now_given(us) == 0
    assert Entry.objects.filter(name="automation.decision_withdrawn").count() == 1
    with pytest.raises(ApprovalOver):
        withdraw_question(approval=one, by=us.by)


@pytest.fixture(scope="module")
def client():
    """A client of the whole of the package's API."""
    api = NinjaAPI(urls_namespace="authority-asked")
    api.add_router("", router)
    return TestClient(api)


def test_numbers_of_a_question_are_written_as_people_write_them(us):
    policy()
    assert "Amount given up 148,148.04" in question_words(
        Policy.objects.get(), {"discount": "12.00", "before": "0.00", "less": "148148.040"}, "孙"
    )
    assert "Discount (%) 12, Discount before (%) 0" in question_words(
        Policy.objects.get(), {"discount": "12.00", "before": "0.00"}, "孙"
    )


def test_over_the_api_the_address_of_the_answer_is_for_whoever_asked(us, client):
    policy()
    discount(us, 12)
    one = Approval.objects.get()
    assert [each["id"] for each in ask(client, "GET", "/approvals?own=true", by=us.by)] == [one.pk]
    assert ask(client, "GET", "/approvals", by=us.by) == []
    assert ask(client, "GET", f"/approvals/{one.pk}", by=us.by)["state"] == "open"
    assert ask(client, "POST", f"/approvals/{one.pk}/withdraw", by=us.by)["state"] == "withdrawn"
    assert ask(client, "GET", "/approvals?own=true&state=withdrawn", by=us.by)[0]["id"] == one.pk
