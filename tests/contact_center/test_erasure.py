"""Who asks to be forgotten is forgotten in letters, files and log too."""

from datetime import UTC, datetime

import pytest

from kinflow.contact_center.emails.actions import answer_email, join_case, receive_email
from kinflow.contact_center.models import Attachment, Email
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up_all
from kinflow.service.models import Case
from tests.factories import case, contact

from .emails.letters import letter

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_letters_files_and_cases_of_an_erased_contact_are_gone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    who = contact(email="li.wei@water.example")
    opened = case(subject="Li Wei's pump", contact=who, description="Call Li Wei")
    mine = receive_email(raw=letter(file=b"secret plan"), by=SYSTEM)
    other = receive_email(raw=letter(number="x@y", sender="x@y.example", file=b"shared"), by=SYSTEM)
    receive_email(raw=letter(number="z@y", file=b"shared"), by=SYSTEM)
    join_case(email=mine, case=opened, by=SYSTEM)
    answer_email(email=mine, text="Dear Li Wei", by=SYSTEM)
    erase_contact(contact=who, reason="Asked for it", by=SYSTEM)
    catch_up_all(NOW)
    assert set(Email.objects.filter(contact=who).values_list("text", "sender", "html")) == {("", "", "")}
    assert (Case.objects.get().subject, Case.objects.get().description) == ("", "")
    assert list(Attachment.objects.values_list("email", flat=True)) == [other.pk]
    told = str(list(Entry.objects.values_list("data", flat=True)))
    assert "Li Wei" not in told
    assert "li.wei" not in told
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"secret plan" not in kept
    assert b"li.wei@water.example" not in kept
    assert b"shared" in kept
