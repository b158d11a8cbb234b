"""Rules and segments: adding, taking out, rules that begin when a record joins, and values that are worked out."""

import pytest

from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleRun
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.records.models import SegmentMember
from kinflow.records.segments.actions import create_segment

from . import given
from .rules_given import happens, rule, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def chen():
    return given.person("陈", given.unit(), roles=("team_lead",), calendar=given.office_hours())


def kept(name="Watched", way="by_hand", kind="lead", **more):
    return create_segment(kind=kind, name=name, way=way, by=SYSTEM, **more)


def step(name, segment):
    return {"step": name, "parameters": {"segment": segment.pk}}


def members(segment):
    return SegmentMember.objects.filter(segment=segment).count()


def test_rules_add_to_segments_and_take_out_again(chen):
    watched = kept()
    rule(chen, steps=[step("add_to_segment", watched)])
    work()
    given.lead()
    work()
    assert members(watched) == 1, RuleRun.objects.values()
    rule(
        chen,
        name="Out",
        trigger=happens("records.segment_joined"),
        steps=[step("take_from_segment", watched)],
    )
    work()
    given.lead()
    work()
    assert members(watched) == 1


def test_segments_of_other_kinds_or_kept_by_conditions_are_refused_when_the_rule_is_kept(chen):
    for wrong in (kept(kind="contact"), kept(way="condition", condition={})):
        with pytest.raises(Invalid):
            rule(chen, steps=[step("add_to_segment", wrong)])


def test_steps_work_values_out_from_the_record_and_the_event(chen):
    values = {"subject": "Call about {record.need} within {text(days(3))}", "due_at": "=now + days(3)"}
    rule(chen, steps=[{"step": "create_record", "parameters": {"record_type": "activity", "values": values}}])
    work()
    lead = given.lead()
    work()
    made = Activity.objects.get()
    assert made.subject.startswith(f"Call about {lead.need} within 3 ")
    assert (made.due_at.date() - lead.created_at.date()).days in (2, 3)


def test_wrong_expressions_are_refused_when_the_rule_is_kept(chen):
    values = {"subject": "{record.nothing}"}
    with pytest.raises(Invalid) as refused:
        rule(
            chen,
            steps=[{"step": "create_record", "parameters": {"record_type": "activity", "values": values}}],
        )
    assert "nothing" in str(refused.value.errors[0].message)
