"""Authority: what somebody decides alone, what is asked of whom, and what comes of the answer."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kinflow.automation.approvals.answering import ApprovalOver, answer_approval
from kinflow.automation.approvals.models import Approval
from kinflow.automation.authority.actions import first_content, switch_policy
from kinflow.automation.authority.following import look_again
from kinflow.automation.authority.models import AuthorityUse, Policy
from kinflow.automation.decisions.actions import TableNeeded, change_table, put_table_live, take_table_off
from kinflow.automation.decisions.deciding import draft_of
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, Refused
from kinflow.organisation.people.actions import change_person
from kinflow.records.matters import Asked
from kinflow.sales.opportunities.actions import lose_opportunity, win_opportunity
from kinflow.sales.opportunities.closing import AlreadyClosed
from kinflow.sales.opportunities.delivery import promise_delivery
from kinflow.service.cases.actions import open_case
from kinflow.service.cases.paying import give_goodwill, refund_case

from . import given
from .authority_given import cast, discount, now_given, policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def us():
    return cast()


def names_since(pk=0):
    return [e.name.split(".")[1] for e in Entry.objects.filter(pk__gt=pk).order_by("pk")]


def last_entry():
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first()


def test_within_authority_nobody_is_asked_and_the_log_says_by_which_policy(us):
    rule, before = policy(), last_entry()
    discount(us, 5)
    assert now_given(us) == 5
    assert not Approval.objects.exists()
    assert sorted(names_since(before)) == ["decided_alone", "opportunity_discounted"]
    use = AuthorityUse.objects.get()
    assert (use.policy, use.outcome, use.row, use.person) == (rule, "alone", 0, us.rep)


def test_outside_it_the_right_person_is_asked_and_nothing_changes_before_the_answer(us):
    policy()
    before = last_entry()
    asked = discount(us, 12)
    assert isinstance(asked, Asked)
    assert now_given(us) == 0
    question = Approval.objects.get()
    assert (question.person, question.caused_by) == (us.lead, us.rep)
    assert "12" in question.question["en"]
    assert "decision_asked" in names_since(before)
    assert "opportunity_discounted" not in names_since(before)


def test_what_is_approved_is_done_once_with_its_events(us):
    policy()
    discount(us, 12)
    before, question = last_entry(), Approval.objects.get()
    answer_approval(approval=question, answer="approved", by=us.leader)
    assert now_given(us) == 12
    told = names_since(before)
    assert told.count("opportunity_discounted") == told.count("decision_approved") == 1
    assert "decided_alone" not in told
    assert AuthorityUse.objects.get().outcome == "approved"
    with pytest.raises(ApprovalOver):
        answer_approval(approval=question, answer="refused", comment="No", by=given.actor(us.head))
    assert now_given(us) == 12


def test_what_is_refused_is_not_done_and_who_asked_may_not_answer(us):
    policy()
    discount(us, 12)
    question = Approval.objects.get()
    with pytest.raises(Refused):
        answer_approval(approval=question, answer="approved", by=us.by)
    answer_approval(approval=question, answer="refused", comment="Too much", by=us.leader)
    assert now_given(us) == 0
    assert AuthorityUse.objects.get().outcome == "refused"


def test_deciding_anew_takes_the_question_back(us):
    policy()
    discount(us, 12)
    discount(us, 3)
    assert now_given(us) == 3
    assert Approval.objects.get().state == "withdrawn"
    with pytest.raises(ApprovalOver):
        answer_approval(approval=Approval.objects.get(), answer="approved", by=us.leader)
    assert sorted(AuthorityUse.objects.values_list("outcome", flat=True)) == ["alone", "withdrawn"]


def test_what_is_not_possible_any_more_leaves_the_question_open(us):
    policy()
    discount(us, 12)
    win_opportunity(opportunity=us.sale, by=us.by)
    with pytest.raises(AlreadyClosed):
        answer_approval(approval=Approval.objects.get(), answer="approved", by=us.leader)
    assert Approval.objects.get().state == "open"
    assert AuthorityUse.objects.get().outcome == "asked"


def test_without_a_policy_in_force_and_for_programs_it_goes_on_as_before(us):
    made = policy()
    discount(us, 20, by=SYSTEM)
    assert now_given(us) == 20
    switch_policy(policy=made, is_active=False, by=SYSTEM)
    discount(us, 30)
    assert now_given(us) == 30
    assert not AuthorityUse.objects.exists()


def test_who_has_nobody_above_them_is_told_so_and_nothing_changes(us):
    policy()
    change_person(person=us.rep, changes={"reports_to": None}, by=SYSTEM)
    with pytest.raises(Conflict):
        discount(us, 12)
    assert now_given(us) == 0
    assert not AuthorityUse.objects.exists()


def by_role(role, who):
    told = first_content("discount", "5")
    told["inputs"].append({"expression": "event.by_roles", "label": "", "label_zh": "", "allowed": ""})
    told["rows"] = [
        {"when": ["<= 20", role], "then": [who], "note": ""},
        {"when": ["-", "-"], "then": ["nobody"], "note": ""},
    ]
    return told


def test_a_policy_asks_for_roles_and_may_let_nobody(us):
    policy(content=by_role("team_lead", "alone"))
    discount(us, 15, by=us.leader)
    assert now_given(us) == 15
    with pytest.raises(Refused):
        discount(us, 10)
    assert now_given(us) == 15


def test_the_one_above_is_asked_where_the_policy_says_so(us):
    policy(content=by_role("representative", "above"))
    discount(us, 15)
    assert Approval.objects.get().person == us.head


def test_another_version_hands_open_questions_to_whom_it_asks(us):
    made = policy(content=by_role("representative", "superior"))
    discount(us, 15)
    table = change_table(
        decisiontable=made.table, changes={"content": by_role("representative", "above")}, by=SYSTEM
    )
    look_again(policy=made, by=SYSTEM)
    assert Approval.objects.get().person == us.lead
    put_table_live(decisiontable=table, by=SYSTEM)
    look_again(policy=Policy.objects.get(), by=SYSTEM)
    question = Approval.objects.get()
    assert question.person == us.head
    answer_approval(approval=question, answer="approved", by=given.actor(us.head))
    assert now_given(us) == 15


def test_goodwill_adds_up_and_is_asked_by_what_is_given_in_all(us):
    policy("goodwill", "200")
    case = open_case(subject="Leak", owner=us.rep, by=SYSTEM)
    more = {"case": case, "reason": "Late", "by": us.by}
    give_goodwill(amount=Decimal(150), **more)
    assert isinstance(give_goodwill(amount=Decimal(100), **more), Asked)
    case.refresh_from_db()
    assert case.goodwill == 150
    answer_approval(approval=Approval.objects.get(), answer="approved", by=us.leader)
    case.refresh_from_db()
    assert case.goodwill == 250


def test_the_limit_of_a_new_policy_of_money_is_in_the_companys_currency(us):
    policy("goodwill", "200")
    case = open_case(subject="Leak", owner=us.rep, by=SYSTEM)
    asked = give_goodwill(case=case, amount=Decimal(150), currency="USD", reason="Late", by=us.by)
    assert isinstance(asked, Asked)
    case.refresh_from_db()
    assert case.goodwill == 0


def test_a_refund_is_counted_apart_from_goodwill_and_asked_by_its_own_policy(us):
    policy("goodwill", "200")
    policy("refund", "1000")
    case = open_case(subject="Leak", owner=us.rep, by=SYSTEM)
    give_goodwill(case=case, amount=Decimal(100), reason="Late", by=us.by)
    refund_case(case=case, amount=Decimal(900), reason="Sent back", by=us.by)
    asked = refund_case(case=case, amount=Decimal(2000), reason="Sent back, too", by=us.by)
    assert isinstance(asked, Asked)
    case.refresh_from_db()
    assert (case.goodwill, case.refund) == (100, 900)
    before = last_entry()
    answer_approval(approval=Approval.objects.get(), answer="approved", by=us.leader)
    case.refresh_from_db()
    assert (case.goodwill, case.refund) == (100, 2900)
    assert names_since(before).count("case_refunded") == 1


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def test_who_promises_delivery_sooner_than_the_policy_allows_asks_first(us):
    policy("delivery", "20")
    promise_delivery(opportunity=us.sale, on=in_days(20), by=us.by)
    us.sale.refresh_from_db()
    assert us.sale.delivers_on == in_days(20)
    assert isinstance(promise_delivery(opportunity=us.sale, on=in_days(19), by=us.by), Asked)
    us.sale.refresh_from_db()
    assert us.sale.delivers_on == in_days(20)
    facts = AuthorityUse.objects.get(outcome="asked").facts
    assert (facts["days"], facts["sooner"], facts["later"]) == (19, 1, 0)
    before = last_entry()
    answer_approval(approval=Approval.objects.get(), answer="approved", by=us.leader)
    us.sale.refresh_from_db()
    assert us.sale.delivers_on == in_days(19)
    assert names_since(before).count("delivery_promised") == 1


def test_a_promise_is_of_a_day_to_come_and_of_a_sale_that_is_not_lost(us):
    for wrong in (in_days(-1), in_days(3 * 365 + 1)):
        with pytest.raises(Invalid) as errors:
            promise_delivery(opportunity=us.sale, on=wrong, by=us.by)
        assert [e.pointer for e in errors.value.errors] == ["/on"]
    lose_opportunity(opportunity=us.sale, reason="price", by=us.by)
    with pytest.raises(AlreadyClosed):
        promise_delivery(opportunity=us.sale, on=in_days(9), by=us.by)
    us.sale.refresh_from_db()
    assert us.sale.delivers_on is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": Decimal(0)}, "/amount"),
        ({"amount": Decimal("1.005")}, "/amount"),
        ({"amount": Decimal("NaN")}, "/amount"),
        ({"reason": " "}, "/reason"),
        ({"currency": "XXX"}, "/currency"),
    ],
)
@pytest.mark.parametrize("give", [give_goodwill, refund_case])
def test_what_is_no_money_to_give_is_named_and_gives_nothing(us, give, wrong, field):
    case = open_case(subject="Leak", by=SYSTEM)
    with pytest.raises(Invalid) as errors:
        give(**{"case": case, "amount": Decimal(1), "reason": "x", "by": SYSTEM} | wrong)
    assert [e.pointer for e in errors.value.errors] == [field]
    case.refresh_from_db()
    assert (case.goodwill, case.refund) == (0, 0)


def test_the_table_of_a_policy_stays_while_the_policy_is_there(us):
    made = policy()
    with pytest.raises(TableNeeded):
        take_table_off(decisiontable=made.table, by=SYSTEM)
    assert not draft_of(made.table, 1).covering.gaps


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outputs": [{"name": "rank", "sort": "text"}]}, "/content/outputs"),
        ({"hit": "collect"}, "/content/hit"),
        ({"rows": [{"when": ["-"], "then": ["boss"]}]}, "/content/rows/0/then/0"),
        ({"rows": [{"when": ["-"], "then": [""]}]}, "/content/rows/0/then/0"),
        ({"inputs": [{"expression": "event.amount"}]}, "/content/inputs/0/expression"),
    ],
)
def test_a_policy_that_does_not_say_who_decides_is_refused(change, field):
    with pytest.raises(Invalid) as errors:
        policy(content=first_content("discount", "5") | change)
    assert [e.pointer for e in errors.value.errors] == [field]
    assert not Policy.objects.exists()
