"""Mails from files."""

import io

import pytest
from django.core.management import CommandError, call_command

from kinflow.contact_center.models import Email

from .letters import letter

pytestmark = pytest.mark.django_db


def test_files_are_taken_in_and_what_fails_does_not_stop_the_others(tmp_path):
    good, other = tmp_path / "good.eml", tmp_path / "other.eml"
    good.write_bytes(letter())
    other.write_bytes(letter(number="two@x", subject="Noise"))
    told, failed = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 of 3"):
        call_command("receive_email", good, tmp_path / "missing.eml", other, stdout=told, stderr=failed)
    assert Email.objects.count() == 2
    assert "Pump leaks" in told.getvalue()
    assert "Noise" in told.getvalue()
    assert "missing.eml" in failed.getvalue()
