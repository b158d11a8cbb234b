"""Attachments: their names whatever the mailer did to them, their bytes, and mails inside mails."""

import pytest

from kinflow.contact_center.emails.decoding import Limits, decode

from . import mail, multipart, sample


def named(disposition: bytes | str, kind: str = "application/pdf", body: bytes = b"bytes") -> bytes:
    text = mail("Content-Type: text/plain", body="See the file.")
    head = disposition if isinstance(disposition, bytes) else disposition.encode()
    file = mail(b"Content-Disposition: " + head, f"Content-Type: {kind}", body=body)
    return multipart("mixed", text, file)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ('attachment; filename="offer.pdf"', "offer.pdf"),
        ("attachment; filename=offer 2.pdf", "offer 2.pdf"),
        ("attachment; filename*=UTF-8''%E6%8A%A5%E4%BB%B7.pdf", "报价.pdf"),
        ("attachment; filename*=gb2312'zh'%B1%A8%BC%DB.pdf", "报价.pdf"),
        ("attachment; filename*0*=utf-8''%E6%8A%A5; filename*1*=%E4%BB%B7; filename*2=.pdf", "报价.pdf"),
        ("attachment; filename*1*=%E4%BB%B7.pdf; filename*0*=utf-8''%E6%8A%A5", "报价.pdf"),
        ('attachment; filename*0="very long "; filename*1="name.pdf"', "very long name.pdf"),
        ('attachment; filename="=?utf-8?B?5oql5Lu3LnBkZg==?="', "报价.pdf"),
        ('attachment; filename="=?gb2312?Q?=B1=A8=BC=DB?=.pdf"', "报价.pdf"),
        ("attachment; filename=\"ascii.pdf\"; filename*=utf-8''%E6%8A%A5%E4%BB%B7.pdf", "报价.pdf"),
        (b'attachment; filename="' + "水泵报价单.pdf".encode("gb18030") + b'"', "水泵报价单.pdf"),
        (b'attachment; filename="' + "水泵报价单.pdf".encode() + b'"', "水泵报价单.pdf"),
        ('attachment; filename="a\\"b.pdf"', "a_b.pdf"),
        ("attachment", "attachment-1.pdf"),
        ('attachment; filename="???"', "___"),
    ],
)
def test_names_are_decoded(given, name):
    assert [a.name for a in decode(named(given)).attachments] == [name]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\Windows\\\\system.ini", "system.ini"),
        ("/absolute.pdf", "absolute.pdf"),
        ("..", "attachment-1.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\0b.pdf", "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        (".htaccess", "htaccess"),
        ("name.pdf. . .", "name.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given, name):
    found = decode(named(f'attachment; filename="{given}"'))
    assert [a.name for a in found.attachments] == [name]


def test_a_name_that_had_to_be_changed_is_told():
    found = decode(named('attachment; filename="../../etc/passwd"'))
    assert [(flaw.code, flaw.detail) for flaw in found.flaws if "name" in flaw.code] == [
        ("name-cleaned", "passwd")
    ]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("ruby-mail/attachment_nonascii_filename.eml", ["ciële.txt"]),
        ("ruby-mail/attachment_with_quoted_filename.eml", ["Eelanalüüsi päring.jpg"]),
        ("ruby-mail/japanese_attachment_long_name.eml", ["かきくけこ" * 5 + ".txt"]),
        ("ruby-mail/attachment_message_rfc822.eml", ["ForwardedMessage.eml"]),
    ],
)
def test_names_in_samples(path, names):
    assert [a.name for a in decode(sample(path)).attachments] == names


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        ("base64", b"aGVs\r\nbG8=", b"hello"),
        ("base64", b"aGVsbG8", b"hello"),
        ("base64", b"aGVs!!bG8=", b"hello"),
        ("base64", b"aGU=bGxv", b"hello"),
        ("base64", b"aGVsbG8=\r\n--\r\nfooter", b"hello"),
        ("BASE64;", b"aGVsbG8=", b"hello"),
        ("quoted-printable", b"h=65l=\r\nlo", b"hello"),
        ("quoted printable", b"h=65llo", b"hello"),
        ("x-uuencode", b"begin 644 x\r\n%:&5L;&\\ \r\n`\r\nend", b"hello"),
        ("7-bit", b"hello", b"hello"),
        ("nonsense", b"hello", b"hello"),
        ("", b"hello", b"hello"),
    ],
)
def test_transfer_encodings_are_undone(encoding, body, content):
    part = mail("Content-Type: application/x-thing", f"Content-Transfer-Encoding: {encoding}", body=body)
    (attachment,) = decode(multipart("mixed", part)).attachments
    assert attachment.content()[: len(content)] == content
    assert attachment.size == len(attachment.content())


def test_a_mail_in_a_mail_is_an_attachment_named_by_its_subject_and_can_be_decoded():
    inner = mail("Subject: =?utf-8?B?6K+i5Lu3?=", "From: a@b.cn", body="inside")
    part = mail("Content-Type: message/rfc822", body=inner)
    found = decode(multipart("mixed", mail("Content-Type: text/plain", body="outside"), part))
    (attachment,) = found.attachments
    assert (found.text, attachment.name, attachment.is_mail) == ("outside", "询价.eml", True)
    assert decode(attachment.content()).text == "inside"


def test_a_picture_shown_in_the_text_is_inline_and_known_by_its_number():
    page = mail("Content-Type: text/html", body='<img src="cid:logo@x">')
    picture = mail(
        "Content-Type: image/png", "Content-ID: <logo@x>", "Content-Disposition: inline", body="png"
    )
    found = decode(multipart("related", page, picture))
    assert [(a.content_id, a.is_inline, a.name) for a in found.attachments] == [
        ("logo@x", True, "attachment-1.png")
    ]


def test_more_attachments_than_the_limit_are_cut_and_told():
    parts = [mail("Content-Type: image/png", body="x")] * 5
    found = decode(multipart("mixed", *parts), limits=Limits(attachments=3))
    assert len(found.attachments) == 3
    assert "attachments-cut" in [flaw.code for flaw in found.flaws]
