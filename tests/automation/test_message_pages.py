"""Messages, channels, templates, webhooks and the board of reached states on screen and over the API."""

import json

from django.utils import timezone

from kinflow.automation.messages.access import keeps_channels
from kinflow.automation.messages.models import Channel, Delivery, Message, MessageChoice, MessageTemplate
from kinflow.automation.messages.reached import reached
from kinflow.automation.messages.sending import send
from kinflow.automation.webhooks.models import Webhook
from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import ADMINISTRATOR, PROCESS_OWNER, REPRESENTATIVE
from tests import factories

SECRET = "0123456789abcdef0123"


def signed_in(client, *roles):
    person = factories.person("陈", "宇", roles=roles, email="chen@example.com")
    client.force_login(create_user(login="chen", person=person, by=SYSTEM))
    return person


def told(person, **more):
    given = {
        "key": "k",
        "subject": {"en": "Hot lead", "zh-hans": "热门线索"},
        "about": factories.lead(owner=person),
    }
    return send(to=[person], by=SYSTEM, **{**given, **more})[0]


def test_one_click_leads_to_the_record_and_counts_as_read(client, db):
    message = told(signed_in(client, REPRESENTATIVE))
    assert client.get(f"/messages/{message.pk}/")["Location"] == message.url
    message.refresh_from_db()
    assert message.read_at


def test_what_people_choose_is_kept_and_shown(client, db):
    person = signed_in(client, REPRESENTATIVE)
    sent = {"ways-normal": "email", "quiet": "", "digest": "daily", "digest_hour": "9"}
    assert client.post("/messages/settings/", sent).status_code == 302
    assert MessageChoice.objects.get(person=person).ways["normal"] == ["app", "email"]
    assert client.post("/messages/settings/", {**sent, "digest_hour": "25"}).status_code == 422
    assert b"daily" in client.get("/messages/settings/").content


def test_the_board_shows_who_was_told_to_whoever_may_see_the_record(client, db):
    person = signed_in(client, REPRESENTATIVE)
    told(person)
    stranger = factories.person("外", "人", unit=factories.unit("Far"), roles=(REPRESENTATIVE,))
    assert reached(actor_of_person(stranger), timezone.now()) == []
    assert [each.column for each in reached(actor_of_person(person), timezone.now())] == ["unread"]
    assert b"Hot lead" in client.get("/reached/").content


def test_deliveries_are_ones_own_and_for_process_owners_everybodys(client, db):
    told(factories.person("李", "雷"), urgency="urgent")
    signed_in(client, REPRESENTATIVE)
    assert b"Hot lead" not in client.get("/deliveries/").content
    pk = Delivery.objects.get(way="email").pk
    assert client.post(f"/deliveries/{pk}/retry/").status_code == 403
    client.logout()


def test_a_channel_is_added_and_its_address_never_shown(client, db):
    person = signed_in(client, REPRESENTATIVE)
    sent = {"name": "Mine", "service": "wecom", "address": f"wecombot://{SECRET}"}
    assert client.post("/channels/", sent).status_code == 302
    assert Channel.objects.get().person == person
    assert not keeps_channels(actor_of_person(person))
    shown = client.get("/channels/").content + client.get("/api/v1/channels").content
    assert SECRET.encode() not in shown
    assert client.post("/channels/", {**sent, "address": "x"}).status_code == 422


def test_a_template_is_kept_with_a_preview_that_tells_what_is_missing(client, db):
    signed_in(client, PROCESS_OWNER)
    factories.lead()
    sent = {
        "name": "Call",
        "kind": "lead",
        "subject-en": "{record.need}: call",
        "text-en": "{record.closed_at}",
    }
    assert client.post("/templates/new/", sent).status_code == 302
    page = client.post("/templates/preview/lead/", sent).content.decode()
    assert ": call" in page
    assert "record.closed_at has no value" in page
    pk = MessageTemplate.objects.get().pk
    assert client.post(f"/templates/{pk}/", {**sent, "subject-en": "{record.nothing}"}).status_code == 422
    assert client.get("/templates/").status_code == 200


def test_a_webhook_shows_its_secret_once(client, db, settings):
    settings.PRIVATE_TARGETS = True
    signed_in(client, ADMINISTRATOR)
    sent = {"name": "ERP", "url": "http://127.0.0.1:9/in", "events": ["sales.lead_captured"]}
    assert b"whsec_" in client.post("/webhooks/new/", sent).content
    pk = Webhook.objects.get().pk
    assert b"whsec_" not in client.get(f"/webhooks/{pk}/").content
    assert b"ERP" in client.get("/webhooks/").content
    again = client.post(f"/api/v1/webhooks/{pk}/switch", json.dumps({"is_active": False}), "application/json")
    assert again.json()["is_active"] is False
    assert "secret" not in again.json()


def test_the_api_tells_mine_and_takes_my_choices(client, db):
    message = told(signed_in(client, REPRESENTATIVE))
    assert [each["item"] for each in client.get("/api/v1/messages").json()] == [message.object_id]
    assert client.post(f"/api/v1/messages/{message.pk}/read", "{}", "application/json").status_code == 204
    chosen = {"ways": {"urgent": ["email"]}, "digest": "hourly"}
    kept = client.put("/api/v1/messages/choices", json.dumps(chosen), "application/json").json()
    assert kept["digest"] == "hourly"
    assert Message.objects.get().read_at
    assert client.get("/api/v1/message-templates").status_code == 403


def test_a_channels_address_is_changed_without_being_shown(client, db):
    person = signed_in(client, ADMINISTRATOR)
    sent = {"name": "Sales", "service": "wecom", "address": f"wecombot://{SECRET}", "is_shared": "on"}
    client.post("/channels/", sent)
    channel = Channel.objects.get()
    before = channel.address
    page = client.get(f"/channels/{channel.pk}/").content.decode()
    assert SECRET not in page
    assert client.post(f"/channels/{channel.pk}/", {"name": "Sales 2", "address": ""}).status_code == 302
    channel.refresh_from_db()
    assert (channel.name, channel.address) == ("Sales 2", before)
    assert client.post(f"/channels/{channel.pk}/", {"name": "", "address": "x"}).status_code == 422
    other = f"wecombot://{SECRET[::-1]}"
    assert client.post(f"/channels/{channel.pk}/", {"name": "Sales", "address": other}).status_code == 302
    channel.refresh_from_db()
    assert channel.address != before
    assert person.pk
