"""Steps of rules that tell people and other systems, and the templates they may use."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.messages.models import Message
from kinflow.automation.messages.templates import add_template, change_template
from kinflow.automation.rules.models import RuleRun
from kinflow.automation.steps.tell import Tell
from kinflow.automation.steps.webhook import CallWebhook
from kinflow.automation.webhooks.actions import add_webhook
from kinflow.automation.webhooks.models import WebhookDelivery
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.sales.leads.actions import change_lead

from . import given
from .rules_given import rule, work

SUBJECT = {"en": "{record.need}: call", "zh-hans": "{record.need}：请致电"}


@pytest.fixture
def me(db):
    return given.person("孙", given.unit(), roles=("representative", "process_owner"))


def tells(**more):
    return {"step": "tell", "parameters": {"to": "rule_owner", "subject": SUBJECT, **more}}


def test_a_rule_tells_once_with_the_fields_of_the_record(me):
    rule(me, steps=[tells(text="{record.need}", escalate_after={"amount": 2, "unit": "hours"})])
    lead = given.lead()
    work()
    work(timezone.now() + timedelta(minutes=1))
    message = Message.objects.get()
    assert (message.person, message.kind, message.object_id) == (me, "lead", lead.pk)
    assert message.subject["zh-hans"].endswith("：请致电")
    assert message.subject["en"] == f"{lead.need}: call"
    assert message.caused_by is not None
    assert RuleRun.objects.get().state == "done"


def test_who_may_not_see_the_record_is_not_told_of_it(me):
    blind = given.person("郑", given.unit("West"), roles=())
    rule(me, steps=[tells(to="person", person=blind.pk)])
    given.lead()
    work()
    assert Message.objects.count() == 0


def test_a_rule_calls_a_webhook_once(me, settings):
    settings.PRIVATE_TARGETS = True
    url = "http://127.0.0.1:9/"
    hook, _secret = add_webhook(name="ERP", url=url, events=["sales.lead_changed"], by=SYSTEM)
    rule(me, steps=[{"step": "webhook", "parameters": {"webhook": str(hook.pk)}}])
    lead = given.lead()
    work()
    body = json.loads(WebhookDelivery.objects.get().body)
    assert body["records"][0]["id"] == lead.pk
    assert CallWebhook("0").check("lead")


def test_what_a_template_cannot_say_is_seen_when_it_is_kept(db):
    words = {"name": "Call", "kind": "lead", "text": {}}
    for wrong in ("{record.no_such_field}", "{record.name", "{"):
        with pytest.raises(Invalid) as refused:
            add_template(**words, subject={"en": wrong}, by=SYSTEM)
        assert refused.value.errors[0].pointer == "/subject/en"
    made = add_template(**words, subject=SUBJECT, by=SYSTEM)
    assert change_template(template=made, changes={"text": {"en": "Now"}}, by=SYSTEM).text == {"en": "Now"}
    assert Tell(template=str(made.pk)).check("lead") == []
    assert Tell(template=str(made.pk)).check("case")
    assert {e.pointer for e in Tell(to="person").check("lead")} == {"/person", "/subject"}


def test_what_a_receiver_may_not_read_stays_empty_in_their_message(me):
    reader = given.person("郑", me.unit, roles=("auditor",))
    text = "{record.need}: {record.notes}{upper(record.notes)}"
    rule(me, steps=[tells(to="person", person=reader.pk, text=text), tells(text=text)])
    change_lead(lead=given.lead(), changes={"notes": "private"}, by=SYSTEM)
    work()
    theirs, mine = (Message.objects.get(person=person).text["en"] for person in (reader, me))
    assert theirs.endswith(": ")
    assert mine.endswith(": privatePRIVATE")


def test_whoever_is_told_later_reads_no_more_than_they_may(me):
    later = given.person("郑", me.unit, roles=("auditor",))
    after = {"amount": 2, "unit": "hours"}
    rule(me, steps=[tells(text="{record.notes}!", escalate_after=after, escalate_to=later.pk)])
    change_lead(lead=given.lead(), changes={"notes": "private"}, by=SYSTEM)
    work()
    assert Message.objects.get().text["en"] == "!"
