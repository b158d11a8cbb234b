"""Every mail of the collections is understood, and in the same parts as by the standard library."""

import email
import email.policy
from pathlib import Path

import pytest

from kinflow.contact_center.emails.decoding import decode
from kinflow.contact_center.emails.decoding.flaws import Flaws
from kinflow.contact_center.emails.decoding.limits import DEFAULT
from kinflow.contact_center.emails.decoding.parts import parts_of

from . import SAMPLES

# A slip among the headers ends them for the standard library, not here.
DIFFERENT = ["plain_emails/raw_email_incorrect_header.eml", "rfc2822/example13.eml"]


def mails(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in (".eml", ".txt")]


@pytest.mark.parametrize("path", mails(SAMPLES), ids=lambda path: path.name)
def test_each_committed_sample_gives_text_or_files(path):
    found = decode(path.read_bytes())
    assert found.text or found.attachments
    assert "\0" not in found.text
    assert "\n" not in found.subject


@pytest.mark.real_data
def test_every_mail_of_the_collections_is_understood(real_data):
    paths = [path for path in sorted(real_data("mail").rglob("*")) if path.is_file()]
    assert len(paths) == 238
    for path in paths:
        found = decode(path.read_bytes())
        assert found.digest
        for attachment in found.attachments:
            assert len(attachment.content()) == attachment.size, path


@pytest.mark.real_data
def test_parts_are_those_that_the_standard_library_finds(real_data):
    folder = real_data("mail/ruby-mail")
    different = []
    for path in mails(folder):
        raw = path.read_bytes()
        theirs = [
            (part.get_content_type(), (part.get_payload(decode=True) or b"").strip())
            for part in email.message_from_bytes(raw, policy=email.policy.compat32).walk()
            if not part.is_multipart() and part.get_content_maintype() != "message"
        ]
        ours = [
            (part.content_type, part.content(Flaws()).strip())
            for part in parts_of(raw, DEFAULT, Flaws()).walk()
            if not part.children and not part.content_type.startswith("message/")
        ]
        if [one for one in ours if one[1] and one not in theirs]:
            different.append(str(path.relative_to(folder)))
    assert different == DIFFERENT
