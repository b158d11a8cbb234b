"""Raw mails from other programs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kinflow.contact_center.emails.api import post_raw_email
from kinflow.contact_center.emails.decoding import DEFAULT, MailTooLarge
from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM, Actor
from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import MARKETER

from .letters import letter

pytestmark = pytest.mark.django_db


def posted(body: bytes, by: Actor = SYSTEM, content_type: str = "message/rfc822", **more):
    request = RequestFactory().post("/api/v1/emails/raw", body, content_type=content_type, **more)
    request.by = by
    return post_raw_email(request)


def test_a_mail_as_the_body_is_taken_in_once():
    status, told = posted(letter())
    assert (status, told.number) == (201, f"E-{Email.objects.get().pk}")
    assert posted(letter())[1].id == told.id


def test_a_mail_larger_than_what_requests_may_hold_in_memory_is_taken_in():
    raw = letter(file=b"x" * 6_000_000)
    assert posted(raw)[1].id == Email.objects.get().pk


def test_a_mail_as_a_file_of_a_form_is_taken_in():
    request = RequestFactory().post("/api/v1/emails/raw", {"file": SimpleUploadedFile("a.eml", letter())})
    request.by = SYSTEM
    assert post_raw_email(request)[1].id == Email.objects.get().pk


@pytest.mark.parametrize("content_type", ["message/rfc822", "multipart/form-data; boundary=x"])
def test_a_request_without_a_mail_is_refused(content_type):
    with pytest.raises(Invalid):
        posted(b"", content_type=content_type)
    assert not Email.objects.exists()


def test_what_says_that_it_is_too_large_is_refused_unread():
    with pytest.raises(MailTooLarge):
        posted(b"x", CONTENT_LENGTH=str(DEFAULT.size * 2))
    assert not Email.objects.exists()


def test_who_may_not_hand_in_mails_is_refused():
    with pytest.raises(Refused):
        posted(letter(), by=Actor("person", "1", "Wang", person_id=1, roles=frozenset({MARKETER})))
