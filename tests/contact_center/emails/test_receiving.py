"""A mail is taken in once, and joined to what it belongs to."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from kinflow.contact_center.emails import files, receiving
from kinflow.contact_center.emails.actions import receive_email
from kinflow.contact_center.emails.decoding import DEFAULT, MailTooLarge
from kinflow.contact_center.models import Attachment, Email, Thread
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.service.cases import actions as cases
from tests.factories import account, case, contact, person

from .letters import letter

pytestmark = pytest.mark.django_db


def receive(raw: bytes, **more) -> Email:
    return receive_email(raw=raw, by=SYSTEM, **more)


def names() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def test_a_mail_is_kept_with_its_words_and_files():
    email = receive(letter(file=b"%PDF-1.4 plan"))
    assert (email.sender_name, email.sender) == ("Li Wei", "li.wei@water.example")
    assert (email.subject, email.fresh_text, email.status) == ("Pump leaks", "Our pump leaks.", "new")
    assert email.recipients == ["service@pumps.example"]
    assert email.language == "en"
    attachment = email.attachments.get()
    assert (attachment.name, attachment.size) == ("plan.pdf", 13)
    with files.opened("attachments", attachment.sha256) as kept:
        assert kept.read() == b"%PDF-1.4 plan"


def test_the_same_mail_twice_is_one_row_and_one_event():
    raw = letter(file=b"plan")
    first = receive(raw)
    assert receive(raw).pk == first.pk
    assert names() == ["contact_center.email_received"]


def test_the_same_mail_by_another_way_is_the_same():
    first = receive(letter())
    assert receive(b"Received: from elsewhere by here\r\n" + letter()).pk == first.pk


@pytest.mark.parametrize("other", [{"text": "Something else."}, {"file": b"a file"}, {"subject": "Other"}])
def test_another_mail_under_a_number_used_before_is_not_lost(other):
    first = receive(letter())
    second = receive(letter(**other))
    assert second.pk != first.pk
    assert "id-reused" in [problem["code"] for problem in second.problems]
    assert receive(letter(**other)).pk == second.pk


def test_mails_without_a_number_are_told_apart_by_their_bytes():
    first, second = receive(letter(number="")), receive(letter(number="", text="Another."))
    assert first.pk != second.pk
    assert receive(letter(number="")).pk == first.pk


def test_a_mail_above_the_limit_is_refused_and_leaves_nothing(file_store):
    with pytest.raises(MailTooLarge) as refused:
        receive(letter() + b"x" * DEFAULT.size)
    assert refused.value.status == 413
    assert not Email.objects.exists()
    assert not file_store.exists()
    assert not names()


@pytest.mark.slow
def test_a_mail_of_nearly_the_limit_is_taken_in():
    email = receive(letter(text="x" * 70 + "\n" + ("y" * 75 + "\n") * 600_000))
    assert len(email.text) <= DEFAULT.text_characters


def test_when_it_was_received_stands_in_row_and_log():
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    email = receive(letter(), at=at)
    assert email.created_at == at
    assert Entry.objects.get().at == at


def test_a_reply_joins_the_thread_of_what_it_answers():
    first = receive(letter(number="a@x"))
    reply = receive(letter(number="c@x", answers="a@x"))
    later = receive(letter(number="d@x", references="a@x b@x c@x", sender="boss@other.example"))
    assert first.thread == reply.thread == later.thread
    assert Thread.objects.count() == 1


def test_replies_that_come_before_what_they_answer_meet_it_in_one_thread():
    reply = receive(letter(number="b@x", references="a@x"))
    second_reply = receive(letter(number="c@x", references="a@x"))
    first = receive(letter(number="a@x"))
    assert reply.thread == second_reply.thread == first.thread


def test_a_reply_without_references_is_joined_by_subject_and_sender():
    first = receive(letter(number="a@x", subject="水泵漏水"))
    reply = receive(letter(number="b@x", subject="回复：水泵漏水"))
    assert reply.thread == first.thread
    stranger = receive(letter(number="c@x", subject="回复：水泵漏水", sender="who@else.example"))
    assert stranger.thread != first.thread
    not_a_reply = receive(letter(number="d@x", subject="水泵漏水"))
    assert not_a_reply.thread != first.thread


def test_a_subject_alone_joins_no_longer_after_a_month():
    first = receive(letter(number="a@x"))
    reply = receive(letter(number="b@x", subject="Re: Pump leaks"), at=first.created_at + timedelta(days=31))
    assert reply.thread != first.thread


def test_the_sender_is_known_by_address_however_it_is_written():
    company = account(name="Water Works")
    who = contact(account=company, email="li.wei@water.example", language="zh")
    email = receive(letter(sender="LI WEI <Li.Wei@Water.Example>"))
    assert (email.contact, email.account, email.language) == (who, company, "zh")


def test_an_address_of_several_people_names_nobody_but_their_common_account():
    company = account(name="Water Works")
    for given in ("A", "B"):
        contact(given_name=given, account=company, email="info@water.example")
    email = receive(letter(sender="info@water.example"))
    assert (email.contact, email.account) == (None, company)


def test_an_unknown_sender_is_placed_by_the_mail_domain_of_known_people():
    company = account(name="Water Works")
    contact(account=company, email="li.wei@water.example")
    email = receive(letter(sender="new@water.example"))
    assert (email.contact, email.account) == (None, company)


def test_a_domain_of_two_accounts_or_of_everybody_says_nothing():
    contact(account=account(name="One"), email="a@shared.example")
    contact(account=account(name="Two"), email="b@shared.example")
    contact(account=account(name="Three"), email="c@qq.com")
    assert receive(letter(number="a@x", sender="x@shared.example")).account is None
    assert receive(letter(number="b@x", sender="x@qq.com")).account is None
    assert receive(letter(number="c@x", sender="x@notshared.example")).account is None


def test_a_case_number_in_the_subject_counts_for_the_cases_customer_only():
    company = account(name="Water Works")
    who = contact(account=company, email="li.wei@water.example")
    opened = case(contact=who)
    named = f"About C-{opened.pk}"
    assert receive(letter(number="a@x", subject=named)).case == opened
    assert receive(letter(number="b@x", subject=named, sender="new@water.example")).case == opened
    assert receive(letter(number="c@x", subject=named, sender="thief@else.example")).case is None


def test_later_mails_of_a_thread_follow_it_to_its_case():
    who = contact(email="li.wei@water.example")
    opened = case(contact=who)
    receive(letter(number="a@x", subject=f"[C-{opened.pk}] leak"))
    assert receive(letter(number="b@x", answers="a@x", subject="Re: leak")).case == opened


def joined_case(status: str):
    """A case in the status, with a thread whose first mail is a@x."""
    opened = case(contact=contact(email="li.wei@water.example"))
    receive(letter(number="a@x", subject=f"[C-{opened.pk}] leak"))
    if status == "waiting":
        return cases.wait_for_customer(case=opened, by=SYSTEM)
    solved = cases.solve_case(case=opened, solution="Done.", by=SYSTEM)
    return cases.close_case(case=solved, by=SYSTEM) if status == "closed" else solved


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        ("solved", "open", "service.case_reopened"),
        ("waiting", "open", "service.case_resumed"),
        ("closed", "closed", None),
    ],
)
def test_a_persons_reply_brings_the_case_back(before, after, event):
    about = joined_case(before)
    told = len(names())
    receive(letter(number="b@x", answers="a@x"))
    about.refresh_from_db()
    assert about.status == after
    assert names()[told:] == ["contact_center.email_received", *([event] if event else [])]


def test_mail_and_what_it_brought_about_are_one_command_of_one_actor():
    joined_case("solved")
    receive(letter(number="b@x", answers="a@x"))
    mail, back = Entry.objects.order_by("-pk")[:2]
    assert mail.command_id == back.command_id
    assert mail.actor_id == back.actor_id


@pytest.mark.parametrize(
    "header",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<news.example>"}],
)
def test_a_machines_mail_moves_no_case_and_asks_for_no_answer(header):
    about = joined_case("solved")
    email = receive(letter(number="b@x", answers="a@x", **header))
    about.refresh_from_db()
    assert about.status == "solved"
    assert (email.is_automatic, email.status, email.case) == (True, "ignored", about)
    assert names()[-1] == "contact_center.automatic_email_received"


def test_a_mail_of_our_own_people_does_not_speak_for_the_customer():
    about = joined_case("solved")
    person(email="chen.yu@pumps.example")
    receive(letter(number="b@x", answers="a@x", sender="Chen.Yu@pumps.example"))
    about.refresh_from_db()
    assert about.status == "solved"


def test_a_failure_in_the_middle_leaves_no_row_and_a_file_that_harms_nobody(monkeypatch, file_store):
    def die(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "_tell", die)
        with pytest.raises(KeyboardInterrupt):
            receive(letter(file=b"plan"))
    assert not Email.objects.exists()
    assert not Attachment.objects.exists()
    assert not Thread.objects.exists()
    orphans = {p for p in file_store.rglob("*") if p.is_file()}
    assert len(orphans) == 2
    email = receive(letter(file=b"plan"))
    assert {p for p in file_store.rglob("*") if p.is_file()} == orphans
    assert email.attachments.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 100,
        b"no mail at all",
        b"From: a\x00b@c.d\r\nSubject: \x00\r\n\r\n\x00",
        b"\xff\xfe" * 50,
    ],
)
def test_bytes_that_are_no_mail_are_kept_and_told(raw):
    email = receive(raw)
    assert email.problems
    with files.opened("mails", email.digest) as kept:
        assert kept.read() == raw


HOSTILE = (
    b"\x00",
    b"\xed\xa0\x80",
    b"=?utf-8?B?AAAA?=",
    b"=?utf-7?Q?+AAA-?=",
    b"\xff",
    b"\x1b$B",
    b"\r\n",
    b"&#0;&#xd800;",
)


@pytest.mark.slow
@pytest.mark.parametrize("dirt", HOSTILE)
def test_no_byte_in_any_place_makes_a_mail_fail(dirt):
    raw = letter(html="<p title='a'>Leak</p>", file=b"plan", answers="x@y", references="z@y", Cc="Bo <b@c.d>")
    places = [m.end() for m in re.finditer(rb"[:<\"=;>]", raw)]
    for place in places:
        email = receive(raw[:place] + dirt + raw[place:])
        email.refresh_from_db()
        assert email.digest
