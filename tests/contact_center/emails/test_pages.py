"""What a browser may fetch of an e-mail, and with which chains."""

import pytest
from django.test import RequestFactory

from kinflow.contact_center.emails import pages
from kinflow.contact_center.emails.actions import receive_email
from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM, Actor
from kinflow.kit.problem import NotFound
from kinflow.records.access import AGENT, AUDITOR, MARKETER

from .letters import letter

pytestmark = pytest.mark.django_db
READER = Actor("person", "1", "Chen", person_id=1, roles=frozenset({AGENT}))
FILE = b"<html><script>alert(1)</script>"


def received() -> Email:
    return receive_email(raw=letter(html="<p>Leak</p>", file=FILE), by=SYSTEM)


def asked(view, by: Actor, *ids: int):
    request = RequestFactory().get("/")
    request.by, request.htmx = by, False
    return getattr(view, "__wrapped__", view)(request, *ids)


def test_the_message_comes_in_a_cage():
    answer = asked(pages.message, READER, received().pk)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"<p>Leak</p>" in answer.content


def test_a_file_is_only_ever_saved():
    email = received()
    answer = asked(pages.attachment, READER, email.pk, email.attachments.get().pk)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == FILE


def test_the_original_is_the_mail_as_it_came():
    raw = letter()
    answer = asked(pages.original, READER, receive_email(raw=raw, by=SYSTEM).pk)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == raw


@pytest.mark.parametrize("role", [MARKETER, AUDITOR])
def test_who_may_not_read_finds_nothing(role):
    email = received()
    by = Actor("person", "2", "Wang", person_id=2, roles=frozenset({role}))
    for view, ids in (
        (pages.message, (email.pk,)),
        (pages.original, (email.pk,)),
        (pages.attachment, (email.pk, email.attachments.get().pk)),
    ):
        with pytest.raises(NotFound):
            asked(view, by, *ids)


def test_a_file_is_not_found_under_another_mail():
    first = received()
    second = receive_email(raw=letter(number="two@x"), by=SYSTEM)
    with pytest.raises(NotFound):
        asked(pages.attachment, READER, second.pk, first.attachments.get().pk)


def test_absurd_numbers_are_not_found():
    with pytest.raises(NotFound):
        asked(pages.message, READER, 10**30)
