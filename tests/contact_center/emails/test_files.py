"""Files lie under their digest, whole or not at all."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from kinflow.contact_center.emails import files
from kinflow.kit.problem import NotFound


def test_bytes_come_back_as_they_went_in(file_store):
    digest = files.keep("attachments", b"\x00drawing\xff")
    assert digest == hashlib.sha256(b"\x00drawing\xff").hexdigest()
    assert (file_store / "attachments" / digest[:2] / digest[2:]).read_bytes() == b"\x00drawing\xff"
    with files.opened("attachments", digest) as kept:
        assert kept.read() == b"\x00drawing\xff"


def test_the_same_bytes_lie_there_once_even_when_eight_bring_them(file_store):
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _n: files.keep("attachments", b"same" * 10_000), range(8)))
    assert len(digests) == 1
    assert [p.is_file() for p in file_store.rglob("*") if p.is_file()] == [True]


def test_a_failure_while_writing_leaves_no_half_file(file_store, monkeypatch):
    def full(_source, _target):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        files.keep("mails", b"x" * 100)
    assert not [p for p in file_store.rglob("*") if p.is_file()]


def test_a_file_cut_short_is_written_again(file_store):
    digest = files.keep("mails", b"whole")
    files.place_of("mails", digest).write_bytes(b"who")
    files.keep("mails", b"whole")
    assert files.place_of("mails", digest).read_bytes() == b"whole"


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 63, "A" * 64, "0" * 64 + "/"])
def test_what_is_no_digest_is_no_place(digest):
    with pytest.raises(NotFound):
        files.place_of("mails", digest)


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        files.opened("mails", "0" * 64)
