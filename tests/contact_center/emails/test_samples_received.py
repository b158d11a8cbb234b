"""Mails as they really are: every one is taken in, nothing of it is lost."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kinflow.contact_center.emails import files
from kinflow.contact_center.emails.actions import receive_email
from kinflow.contact_center.emails.decoding import decode
from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM

pytestmark = pytest.mark.django_db
COMMITTED = sorted(
    p for p in (Path(__file__).parents[2] / "data" / "mail").rglob("*.*") if p.parent.name != "mail"
)


def assert_nothing_lost(raw: bytes) -> None:
    email = receive_email(raw=raw, by=SYSTEM)
    email.refresh_from_db()
    mail = decode(raw)
    assert (email.subject, email.text, email.html) == (mail.subject, mail.text, mail.html)
    if email.digest == mail.digest:  # else the same mail was there before, with other headers or line ends
        with files.opened("mails", email.digest) as kept:
            assert kept.read() == raw
        names = [(a.name, a.size, a.content_type) for a in email.attachments.order_by("pk")]
        assert names == [(a.name, a.size, a.content_type) for a in mail.attachments]
    assert {a.sha256 for a in email.attachments.all()} == {a.sha256 for a in mail.attachments}
    for attachment in email.attachments.all():
        with files.opened("attachments", attachment.sha256) as kept:
            assert hashlib.sha256(kept.read()).hexdigest() == attachment.sha256


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_a_sample_mail_is_taken_in_whole(path: Path):
    assert_nothing_lost(path.read_bytes())


@pytest.mark.real_data
@pytest.mark.slow
def test_every_real_mail_is_taken_in_whole(real_data: Callable[[str], Path]):
    mails = {p.read_bytes() for p in real_data("mail").rglob("*.*") if p.is_file()}
    assert len(mails) > 150
    for raw in sorted(mails):
        assert_nothing_lost(raw)
    assert Email.objects.count() > 150
