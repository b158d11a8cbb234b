"""Webhooks: signed, once for each cause, again after growing pauses, never inside, and off when nobody answers."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kinflow.automation.clock import run_due
from kinflow.automation.messages.addresses import AddressRefused, is_public, public_address
from kinflow.automation.messages.models import Message
from kinflow.automation.said import kept, said
from kinflow.automation.webhooks import actions, missed
from kinflow.automation.webhooks.actions import add_webhook, replay_call, switch_webhook
from kinflow.automation.webhooks.calling import MOST_FAILURES, call, queue_call
from kinflow.automation.webhooks.following import NOBODY, body_of
from kinflow.automation.webhooks.models import WebhookDelivery
from kinflow.automation.webhooks.wire import parts_of
from kinflow.customers.activities.actions import cancel_activity, plan_activity
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up, readers
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import ADMINISTRATOR, PROCESS_OWNER
from kinflow.sales.leads.actions import change_lead
from tests import factories

from .messages_given import somebody, web_server


@pytest.fixture
def web(settings):
    settings.PRIVATE_TARGETS = True
    with web_server() as server:
        yield server


@pytest.fixture
def owner(transactional_db):
    return actor_of_person(somebody("管理", roles=(ADMINISTRATOR,)))


def follow():
    return catch_up(readers["automation.webhooks"], timezone.now())


def added(web, owner, **more):
    given = {"name": "ERP", "url": f"{web.url}/in?token=hush", "events": ["sales.lead_captured"], **more}
    return add_webhook(**given, by=owner)


def test_words_stand_beside_what_is_kept_by_its_message(web, owner):
    follow()
    added(web, owner, events=["customers.activity_cancelled"])
    task = plan_activity(subject="Call", by=SYSTEM)
    with translation.override("zh-hans"):
        cancel_activity(activity=task, reason=kept(said("The process went on without it.")), by=SYSTEM)
        follow()
    sent = json.loads(WebhookDelivery.objects.get().body)
    assert sent["data"]["reason"] == '[["The process went on without it.",{}]]'
    assert sent["texts"] == {"reason": "The process went on without it."}
    assert sent["text"] == "Kinflow cancelled Call: The process went on without it."


def test_every_receiver_is_told_values_as_they_were_recorded(web, owner):
    follow()
    for name in ("ERP", "BI"):
        added(web, owner, name=name, events=["sales.lead_changed"])
    row = factories.lead()
    change_lead(lead=row, changes={"source": "web", "country": "DE"}, by=SYSTEM)
    follow()
    first, second = (json.loads(each.body) for each in WebhookDelivery.objects.order_by("pk"))
    assert first["data"] == second["data"]
    assert first["data"]["changes"]["country"][1] == "DE"
    assert first["text"].startswith("Kinflow changed Source, Country")


def test_nobody_is_named_to_a_receiver_whose_owner_is_gone(web, owner):
    follow()
    hook, _secret = added(web, owner)
    hook.person = None
    factories.lead()
    entry = Entry.objects.get(name="sales.lead_captured")
    assert json.loads(body_of(entry, NOBODY))["text"] == ""
    assert json.loads(body_of(entry, owner))["text"]


def test_what_happens_is_told_once_and_signed(web, owner):
    follow()
    hook, secret = added(web, owner)
    lead = factories.lead()
    follow()
    row = WebhookDelivery.objects.get()
    assert call(row.pk, timezone.now()) == "sent"
    assert call(row.pk, timezone.now()) == ""
    (path, headers, body) = web.calls[0]
    signed = f"{headers['Kinflow-Timestamp']}.".encode() + body
    assert (
        headers["Kinflow-Signature"] == "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    )
    assert (path, web.sent()["event"]) == ("/in?token=hush", "sales.lead_captured")
    told = [(each["role"], each["kind"], each["id"]) for each in web.sent()["records"]]
    assert ("lead", "lead", lead.pk) in told
    entry = Entry.objects.get(name="sales.lead_captured")
    assert not queue_call(hook, f"entry {entry.pk}", entry.name, "{}", timezone.now())
    everything = str(list(Entry.objects.values_list("data", flat=True))) + hook.secret
    assert "hush" not in everything
    assert secret not in everything


def test_only_what_meets_the_condition_is_told(web, owner):
    follow()
    condition = {"field": "need", "op": "is", "value": "pumps"}
    added(web, owner, events=["sales.lead_changed"], kind="lead", condition=condition)
    lead = factories.lead()
    for need in ("seals", "pumps"):
        change_lead(lead=lead, changes={"need": need}, by=SYSTEM)
        follow()
    assert WebhookDelivery.objects.count() == 1


def test_a_receiver_that_does_not_answer_is_asked_again_and_at_last_switched_off(web, owner):
    hook, _secret = added(web, owner)
    web.status, web.answer = 503, b"busy"
    now, tries = timezone.now(), 0
    while hook.is_active:
        queue_call(hook, f"k{tries}", "x", "{}", now)
        row = WebhookDelivery.objects.get(key=f"k{tries}")
        pauses = []
        while row.state == "waiting" and hook.is_active:
            call(row.pk, row.due_at)
            before = row.due_at
            row.refresh_from_db()
            hook.refresh_from_db()
            pauses.append(row.due_at - before)
        tries += 1
        assert pauses[:2] == [timedelta(seconds=10), timedelta(minutes=1)]
    assert len(web.calls) == MOST_FAILURES
    assert Message.objects.get().person_id == owner.person_id
    assert row.error == "503 busy"
    web.status = 200
    switch_webhook(webhook=hook, is_active=True, by=owner)
    replay_call(delivery=row, by=owner)
    assert call(row.pk, timezone.now()) == "sent"
    assert web.calls[-1][2] == b"{}"


def test_calls_are_not_led_elsewhere(web, owner):
    hook, _secret = added(web, owner)
    web.status, web.headers = 302, {"Location": f"{web.url}/other"}
    queue_call(hook, "k", "x", "{}", timezone.now())
    row = WebhookDelivery.objects.get()
    assert call(row.pk, timezone.now()) == "waiting"
    assert len(web.calls) == 1


def test_a_name_that_leads_inside_by_now_is_not_called(web, owner, settings, monkeypatch):
    monkeypatch.setattr(actions, "public_address", lambda *_: "")
    hook, _secret = added(web, owner, url="https://receiver.example/in")
    queue_call(hook, "k", "x", "{}", timezone.now())
    settings.PRIVATE_TARGETS = False
    row = WebhookDelivery.objects.get()
    assert call(row.pk, timezone.now(), lambda *_: ["127.0.0.1"]) == "waiting"
    row.refresh_from_db()
    assert "may not be called" in row.error


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "x"),
        *("::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1"),
    ],
)
def test_inside_is_not_public(address, settings):
    assert not is_public(address)
    settings.PRIVATE_TARGETS = False
    with pytest.raises(AddressRefused):
        public_address("host", 443, lambda *_: ["93.184.216.34", address])


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "https://",
        "ftp://a.example",
        "https://u:p@a.example/",
        "https://a.example:99999/",
        "https://ä/",
    ],
)
def test_what_is_no_address_is_refused(url, settings):
    settings.PRIVATE_TARGETS = False
    with pytest.raises(Invalid):
        parts_of(url)


def test_only_administrators_keep_webhooks(transactional_db):
    by = Actor("person", "1", roles=frozenset({PROCESS_OWNER}))
    with pytest.raises(Refused):
        add_webhook(name="x", url="https://a.example", events=["sales.lead_captured"], by=by)
    with pytest.raises(Invalid) as refused:
        add_webhook(name="", url="https://127.0.0.1/", events=["no.such"], by=SYSTEM)
    assert {e.pointer for e in refused.value.errors} == {"/name", "/url", "/events/0"}


def test_what_happened_while_a_receiver_was_off_is_told_afterwards_where_that_is_asked(web, owner):
    hook, _secret = added(web, owner)
    switch_webhook(webhook=hook, is_active=False, by=owner)
    factories.lead()
    factories.lead()
    follow()
    switch_webhook(webhook=hook, is_active=True, by=owner)
    run_due(timezone.now())
    assert WebhookDelivery.objects.count() == 0
    switch_webhook(webhook=hook, is_active=False, by=owner)
    factories.lead()
    switch_webhook(webhook=hook, is_active=True, missed=True, by=owner)
    run_due(timezone.now())
    follow()
    last = Entry.objects.filter(name="sales.lead_captured").latest("pk")
    assert list(WebhookDelivery.objects.values_list("key", flat=True)) == [f"entry {last.pk}"]


def test_of_very_much_that_was_missed_the_newest_is_told_in_parts(web, owner, monkeypatch):
    monkeypatch.setattr(missed, "MOST_MISSED", 5)
    monkeypatch.setattr(missed, "SOME", 2)
    hook, _secret = added(web, owner)
    switch_webhook(webhook=hook, is_active=False, by=owner)
    for _n in range(7):
        factories.lead()
    switch_webhook(webhook=hook, is_active=True, missed=True, by=owner)
    run_due(timezone.now())
    newest = Entry.objects.filter(name="sales.lead_captured").order_by("-pk")[:5]
    assert set(WebhookDelivery.objects.values_list("key", flat=True)) == {f"entry {e.pk}" for e in newest}
