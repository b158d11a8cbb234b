"""Eight at once, and a process that dies: one row, nothing half done."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from kinflow.contact_center.emails import files, receiving
from kinflow.contact_center.emails.actions import receive_email
from kinflow.contact_center.models import Attachment, Email, Thread
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry

from .letters import letter

pytestmark = pytest.mark.django_db(transaction=True)


def receive_in_thread(raw: bytes) -> int:
    try:
        return receive_email(raw=raw, by=SYSTEM).pk
    finally:
        connections.close_all()


def test_the_same_mail_by_eight_at_once_is_one_row_and_one_event():
    raw = letter(file=b"plan")
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(receive_in_thread, [raw] * 8))
    assert len(found) == 1
    assert (Email.objects.count(), Attachment.objects.count(), Thread.objects.count()) == (1, 1, 1)
    assert Entry.objects.filter(name="contact_center.email_received").count() == 1


def test_eight_replies_to_a_mail_that_is_not_there_yet_make_one_thread():
    replies = [letter(number=f"{n}@x", references="root@x", text=f"Reply {n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(receive_in_thread, replies))
    assert len(found) == 8
    assert Thread.objects.count() == 1


def test_a_process_killed_before_the_commit_leaves_only_files(monkeypatch, file_store):
    raw = letter(file=b"plan")
    connection.close()
    child = os.fork()
    if not child:
        monkeypatch.setattr(receiving, "_tell", lambda *_args: os.kill(os.getpid(), signal.SIGKILL))
        receive_email(raw=raw, by=SYSTEM)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert not Email.objects.exists()
    assert not Entry.objects.exists()
    assert len([p for p in file_store.rglob("*") if p.is_file()]) == 2
    email = receive_email(raw=raw, by=SYSTEM)
    assert email.attachments.count() == 1
    with files.opened("mails", email.digest) as kept:
        assert kept.read() == raw
