"""The rules in memory: read together, renewed where something changed, and free of charge for what concerns none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinflow.automation.rules import following
from kinflow.automation.rules.actions import change_rule, switch_rule
from kinflow.automation.rules.live import forget, index
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.timeline import with_mentions
from kinflow.organisation.people.actions import change_person
from kinflow.sales.leads.actions import change_lead

from . import given
from .given import OWNER
from .rules_given import HOT, happens, rule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def boss():
    return given.person("陈", given.unit(), roles=("team_lead",))


def asked(work):
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def test_all_rules_are_read_in_the_same_few_queries(boss):
    rule(boss, name="1", trigger=happens("sales.lead_changed"), condition=HOT)
    forget()
    one = asked(index)
    for number in range(2, 6):
        rule(boss, name=str(number), trigger=happens("sales.lead_changed"), condition=HOT)
    forget()
    assert asked(index) == one <= 4
    assert len(index().rules) == 5


def test_after_a_change_only_what_was_changed_is_read_again(boss):
    first, second, third = (rule(boss, name=name) for name in "abc")
    before = dict(index().rules)
    change_rule(rule=second, changes={"condition": HOT}, by=OWNER)
    switch_rule(rule=third, is_active=False, by=OWNER)
    after = index().rules
    assert set(after) == {first.pk, second.pk}
    assert after[first.pk] is before[first.pk]
    assert after[second.pk].draft.condition != before[second.pk].draft.condition
    assert asked(index) == 1


def test_a_rule_is_read_again_with_an_owner_who_changed(boss):
    one, other = rule(boss, name="a"), rule(boss, name="b")
    index()
    change_person(person=boss, changes={"family_name": "王"}, by=SYSTEM)
    change_rule(rule=other, changes={"name": "c"}, by=OWNER)
    assert index().rules[one.pk].owner.family_name == "王"


def test_entries_that_no_rule_is_found_for_ask_the_database_nothing(boss):
    rule(boss, trigger=happens("sales.lead_changed"), condition=HOT)
    rule(boss, name="Far", trigger=happens("sales.lead_captured"), condition=HOT)
    leads = [given.lead() for _n in range(3)]
    for lead in leads:
        change_lead(lead=lead, changes={"source_detail": "fair"}, by=SYSTEM)
    index()
    strangers = list(Entry.objects.exclude(name__startswith="sales."))
    known = with_mentions(list(Entry.objects.filter(name="sales.lead_changed")))
    assert asked(lambda: following.act_on_all(with_mentions(strangers))) == 1
    assert asked(lambda: following.act_on_all(known)) == 1
    assert asked(lambda: following.act_on_all(known[:1])) == 1
