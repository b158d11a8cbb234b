"""Whatever the bytes are, something comes back: no error, no trap, nothing unsafe."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.contact_center.emails.decoding import Limits, MailTooLarge, decode, words
from kinflow.contact_center.emails.decoding.flaws import WORDS
from kinflow.kit.problem import TooLarge

from . import SAMPLES, mail, multipart, sample

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
PATHS = sorted(
    str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.*") if path.suffix in (".eml", ".txt")
)
JUNK = [
    b"\0",
    b"=?utf-8?B?",
    b"?=",
    b"--b0",
    b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=b0\r\n",
    b"\xff\xfe",
    b"<" * 50,
]


def assert_harmless(raw: bytes) -> None:
    found = decode(raw)
    shown = [found.subject, found.sender.name, found.message_id, *(a.name for a in found.attachments)]
    assert not any(UNSAFE.search(text) or "\n" in text for text in shown)
    assert "\0" not in found.text + found.fresh_text + found.html
    assert "<script" not in found.html.lower()
    assert all("/" not in a.name and "\\" not in a.name and a.name for a in found.attachments)
    assert all(words(flaw) for flaw in found.flaws)
    assert found.sent_at is None or found.sent_at.tzinfo is not None


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_taken(raw):
    assert_harmless(raw)


@settings(deadline=None)
@given(
    st.sampled_from(PATHS),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 40), st.one_of(st.sampled_from(JUNK), st.binary(max_size=20))
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_real_mails_with_pieces_cut_out_and_junk_put_in_are_taken(path, changes):
    raw = bytearray(sample(path))
    for place, cut, junk in changes:
        start = int(place * len(raw))
        raw[start : start + cut] = junk
    assert_harmless(bytes(raw))


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["From", "To", "Subject", "Date", "Message-ID", "Content-Type"]), st.text()
    )
)
def test_any_header_values_are_taken(headers):
    assert_harmless(mail(*(f"{name}: {value}".encode("utf-8", "replace") for name, value in headers.items())))


def test_a_mail_above_the_limit_is_refused_with_a_remedy():
    with pytest.raises(TooLarge) as caught:
        decode(b"x" * 1_001, limits=Limits(size=1_000))
    assert isinstance(caught.value, MailTooLarge)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "flaw"),
    [
        (b"", "not-a-mail"),
        (b"\xff\xfe\x00" * 100, "not-a-mail"),
        (multipart("mixed", *[mail(body="x")] * 600), "too-many-parts"),
        (
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(60)
            ),
            "too-deep",
        ),
        (mail(*["X: y"] * 3_000, "From: a@b.cn"), "headers-cut"),
        (mail("Subject: " + "x" * 2_000), "subject-cut"),
        (mail("Content-Type: text/plain", body="x" * 1_100_000), "text-cut"),
        (mail("Content-Type: text/html", body="<div>" * 5_000), "html-broken"),
        (mail("Content-Transfer-Encoding: wrong", "Subject: x", body="x"), "transfer-unknown"),
    ],
)
def test_what_was_wrong_is_told(raw, flaw):
    found = decode(raw)
    assert flaw in [one.code for one in found.flaws]
    assert flaw in [one["code"] for one in found.problems]


def test_a_boundary_bomb_ends_at_the_limit_of_parts():
    raw = mail("Content-Type: multipart/mixed; boundary=b", body=b"--b\r\n" * 100_000)
    assert len(decode(raw).attachments) == 0


def test_deep_html_is_still_read_as_text_and_not_shown():
    found = decode(mail("Content-Type: text/html", body="<div>" * 5_000 + "seen"))
    assert (found.text, found.html) == ("seen", "")


def test_every_flaw_has_words():
    assert all(words({"code": code, "detail": "x"}) for code in WORDS)
