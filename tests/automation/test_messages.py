"""Messages: told once, by the ways each person chose, at the time they chose, and truthfully."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone, translation

from kinflow.automation.clock import run_due
from kinflow.automation.messages.by_chat import plugin_of
from kinflow.automation.messages.channels import add_channel, switch_channel
from kinflow.automation.messages.delivering import CLAIM, deliver, due, retry_delivery
from kinflow.automation.messages.events import MessageSent
from kinflow.automation.messages.models import Delivery, Message
from kinflow.automation.messages.sending import send
from kinflow.automation.messages.settings import choose_messages
from kinflow.automation.notices.models import Notice
from kinflow.automation.notices.queries import notices_of, shown
from kinflow.automation.notices.reading import read_notices
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.wording import said
from kinflow.kit.problem import Invalid
from kinflow.records.access import ADMINISTRATOR
from tests import factories

from .messages_given import mail_server, somebody, web_server

pytestmark = pytest.mark.django_db(transaction=True)

ADMIN = Actor("person", "user:1", "Admin", roles=frozenset({ADMINISTRATOR}))
SAID = {"en": "A hot lead", "zh-hans": "热门线索"}
LATER = timedelta(hours=30)


def tell(*people, key="rule:1", urgency="urgent", **more):
    return send(key=key, to=people, subject=SAID, text="Call them.", urgency=urgency, by=SYSTEM, **more)


def by_way(way):
    return Delivery.objects.get(way=way)


@pytest.fixture
def mails(settings):
    with mail_server(settings) as box:
        yield box


def test_nobody_is_told_twice_with_one_key():
    chen, li, lead = somebody(), somebody("李雷"), factories.lead()
    assert len(tell(chen, chen, about=lead)) == 1
    assert [m.person for m in tell(chen, li, about=lead)] == [li]
    assert tell(chen, li) == []
    assert Notice.objects.filter(kind="message", url=f"/leads/{lead.pk}/").count() == 2
    assert Entry.objects.filter(name="automation.message_sent").count() == 2


def test_a_message_in_the_app_speaks_the_readers_language():
    chen = somebody()
    tell(chen)
    with translation.override("zh-hans"):
        assert shown(notices_of(chen.pk), SYSTEM)[0].told.text == "热门线索"


def test_a_mail_arrives_once_with_a_name_that_stays(mails):
    tell(somebody(), about=factories.lead())
    mail = by_way("email")
    assert deliver(mail.pk, timezone.now()) == "sent"
    assert deliver(mail.pk, timezone.now()) == ""
    assert [letter["Message-ID"] for letter in mails.letters] == [mail.mail_id]
    assert f"/messages/{mail.message_id}/" in mails.letters[0].get_content()


def test_a_worker_that_died_in_the_middle_is_told_of_and_the_mail_keeps_its_name(mails):
    tell(somebody())
    mail, now = by_way("email"), timezone.now()
    Delivery.objects.filter(pk=mail.pk).update(state="sending", claimed_at=now)
    with transaction.atomic():
        due({"delivery": mail.pk}, now + CLAIM)
    assert deliver(mail.pk, now + CLAIM) == "sent"
    mail.refresh_from_db()
    assert mail.is_doubtful
    assert mails.letters[0]["Message-ID"] == mail.mail_id


def test_a_busy_server_is_asked_again_after_growing_pauses_and_then_it_rests(mails):
    tell(somebody())
    mails.refuses, now, dues = True, timezone.now(), []
    mail = by_way("email")
    while mail.state != "failed":
        deliver(mail.pk, max(now, mail.due_at))
        mail.refresh_from_db()
        dues.append(mail.due_at)
    assert len(dues) == 6
    assert "451" in mail.error
    mails.refuses = False
    retry_delivery(delivery=mail, by=ADMIN)
    assert deliver(mail.pk, timezone.now()) == "sent"


def test_who_has_no_address_fails_at_once_with_a_remedy():
    tell(factories.person("无", "址"))
    mail = by_way("email")
    assert deliver(mail.pk, timezone.now()) == "failed"
    mail.refresh_from_db()
    assert "no e-mail address" in mail.error


def test_a_digest_is_one_mail_and_leaves_out_what_was_read(mails):
    chen = somebody()
    choose_messages(person=chen, ways={"normal": ["email"]}, digest="hourly", by=ADMIN)
    made = [tell(chen, key=f"k{n}", urgency="normal")[0] for n in range(3)]
    read_notices(Notice.objects.filter(message=made[2]), timezone.now())
    first = made[0].deliveries.get(way="email")
    assert first.state == "digest"
    assert deliver(first.pk, timezone.now() + LATER) == "sent"
    assert len(mails.letters) == 1
    assert mails.letters[0]["Subject"] == "Kinflow: 2 messages"
    assert made[2].deliveries.get(way="email").state == "unneeded"


def digest_of(count):
    chen = somebody()
    choose_messages(person=chen, ways={"normal": ["email"]}, digest="hourly", by=ADMIN)
    made = [tell(chen, key=f"k{n}", urgency="normal")[0] for n in range(count)]
    return chen, [message.deliveries.get(way="email") for message in made]


def test_a_digest_that_failed_goes_again_as_the_same_one_mail(mails):
    chen, rows = digest_of(3)
    mails.refuses, now = True, timezone.now() + LATER
    assert deliver(rows[0].pk, now) == "digest"
    mails.refuses = False
    late = tell(chen, key="late", urgency="normal")[0].deliveries.get(way="email")
    assert deliver(rows[1].pk, now) == ""
    assert [deliver(row.pk, now + LATER) for row in rows] == ["sent", "", ""]
    assert deliver(late.pk, now + LATER) == "sent"
    assert [mail["Subject"] for mail in mails.letters] == ["Kinflow: 3 messages", "A hot lead"]


def test_a_digest_whose_worker_died_goes_again_with_the_same_name_and_one_that_rests_as_a_whole(mails):
    _chen, rows = digest_of(2)
    now = timezone.now() + LATER
    with (
        mock.patch("kinflow.automation.messages.delivering._send", side_effect=SystemExit),
        suppress(SystemExit),
    ):
        deliver(rows[0].pk, now)
    with transaction.atomic():
        due({"delivery": rows[1].pk}, now + CLAIM)
    assert deliver(rows[1].pk, now + CLAIM) == "sent"
    assert set(Delivery.objects.filter(way="email").values_list("state", "is_doubtful")) == {("sent", True)}
    Delivery.objects.filter(way="email").update(state="failed")
    retry_delivery(delivery=rows[1], by=ADMIN)
    assert deliver(rows[0].pk, timezone.now()) == "sent"
    assert len({mail["Message-ID"] for mail in mails.letters}) == 1
    assert [mail["Subject"] for mail in mails.letters] == ["Kinflow: 2 messages"] * 2


def test_whom_nobody_reads_for_is_followed_by_somebody_else_once():
    boss, chen = somebody("周全"), somebody()
    now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    tell(chen, escalate_after=timedelta(hours=1), escalate_to=boss, now=now)
    run_due(now + timedelta(minutes=59))
    assert Message.objects.filter(person=boss).count() == 0
    run_due(now + timedelta(hours=1))
    run_due(now + timedelta(hours=5))
    assert Message.objects.get(person=boss).escalated_from.person == chen
    assert Entry.objects.filter(name="automation.message_escalated").count() == 1


def test_what_one_of_them_read_is_not_escalated():
    boss, chen, li = somebody("周全"), somebody(), somebody("李雷")
    made = tell(chen, li, escalate_after=timedelta(hours=1), escalate_to=boss)
    read_notices(Notice.objects.filter(message=made[0]), timezone.now())
    run_due(timezone.now() + timedelta(hours=2))
    assert Message.objects.filter(person=boss).count() == 0


PLUGINS = {
    "wecom": ("wecombot://0123456789abcdef0123", "notify_url", "{url}/send?key={key}"),
    "dingtalk": ("dingtalk://0123456789abcdef0123", "notify_url", "{url}/robot/send?access_token={token}"),
    "feishu": ("feishu://0123456789abcdef0123", "notify_url", "{url}/hook/{token}/"),
    "slack": ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "webhook_url", "{url}/services"),
}


@pytest.mark.parametrize("service", PLUGINS)
def test_a_chat_service_is_told_and_its_address_stays_secret(service, monkeypatch, caplog):
    address, name, url = PLUGINS[service]
    with web_server() as web:
        cls = type(plugin_of(service, address))
        monkeypatch.setattr(cls, name, url.replace("{url}", web.url))
        chen = somebody()
        channel = add_channel(name="Sales", service=service, address=address, by=ADMIN)
        choose_messages(person=chen, ways={"urgent": ["chat"]}, chat=channel.pk, by=ADMIN)
        tell(chen)
        if service == "slack":
            web.answer = b"ok"
        assert deliver(by_way("chat").pk, timezone.now()) == "sent", web.calls
        assert "A hot lead" in str(web.sent())
        web.status = 500
        tell(chen, key="another")
        failed = Delivery.objects.filter(way="chat").last()
        assert deliver(failed.pk, timezone.now()) == "waiting"
        failed.refresh_from_db()
    secret = address.split("/")[-1]
    kept = [
        channel.address,
        failed.error,
        caplog.text,
        *map(str, Entry.objects.values_list("data", flat=True)),
    ]
    assert not [text for text in kept if secret in text]


OWN_WORDS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef0123",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/0123456789abcdef0123",
    "slack": "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
}


@pytest.mark.parametrize("service", OWN_WORDS)
def test_the_address_is_taken_as_the_service_shows_it(service):
    assert plugin_of(service, OWN_WORDS[service])


def test_a_channel_that_is_off_is_told_of_in_the_delivery():
    chen, address = somebody(), PLUGINS["wecom"][0]
    channel = add_channel(name="Sales", service="wecom", address=address, by=ADMIN)
    choose_messages(person=chen, ways={"urgent": ["chat"]}, chat=channel.pk, by=ADMIN)
    switch_channel(channel=channel, is_active=False, by=ADMIN)
    tell(chen)
    assert deliver(by_way("chat").pk, timezone.now()) == "failed"


@pytest.mark.parametrize(
    ("service", "address"),
    [
        ("wecom", "json://127.0.0.1/"),
        ("other", "json://192.168.0.1/"),
        ("other", "syslog://"),
        ("other", "no address"),
        ("slack", "https://example.com/hook"),
        ("wecom", ""),
    ],
)
def test_addresses_that_are_none_or_lead_inside_are_refused(service, address):
    with pytest.raises(Invalid) as refused:
        add_channel(name="X", service=service, address=address, by=ADMIN)
    assert refused.value.errors[0].pointer == "/address"


def test_the_log_says_a_message_in_the_reader_s_language():
    subject = {"en": "No answer to the offer", "zh-hans": "报价未获答复"}
    assert said(MessageSent, "subject", subject, {}) == "No answer to the offer"
    with translation.override("zh-hans"):
        assert said(MessageSent, "subject", subject, {}) == "报价未获答复"
    assert said(MessageSent, "key", {"a": 1, "b": 2}, {}) == "a, b"
