"""Headers: subjects, addresses, message numbers and dates, decoded and made harmless."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from kinflow.contact_center.emails.decoding import Address, Limits, decode

from . import mail, sample


def encoded(text: str, codec: str = "utf-8") -> str:
    return f"=?{codec}?B?{b64encode(text.encode(codec)).decode()}?="


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        (encoded("回复：询价"), "回复：询价"),
        (encoded("询价单", "gb2312"), "询价单"),
        ("=?gb2312?Q?=D1=AF=BC=DB?=", "询价"),
        (encoded("询价") + "\r\n " + encoded("单"), "询价单"),
        ("=?UTF-8?B?6K+i5A==?= =?UTF-8?B?u7fljZU=?=", "询价单"),
        (f"Re: {encoded('询价')} (2)", "Re: 询价 (2)"),
        (f'"{encoded("询价")}"', '"询价"'),
        ("=?utf-8?q?a b_c?=", "a b c"),
        ("=?utf-8*en?q?pump?=", "pump"),
        ("=?nonsense?B?VEVTVA==?=", "TEST"),
        ("=?utf-8?B?VEVTVA?=", "TEST"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("a\r\n\tb\r\n  c", "a b c"),
    ],
)
def test_subjects_are_decoded_as_people_meant_them(given, subject):
    assert decode(mail(f"Subject: {given}")).subject == subject


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_raw_bytes_in_a_subject_are_read(codec):
    assert decode(mail(b"Subject: " + "水泵报价".encode(codec))).subject == "水泵报价"


def test_short_raw_bytes_are_read_in_the_charset_of_the_text():
    raw = mail(b"Subject: " + "насос".encode("koi8-r"), "Content-Type: text/plain; charset=koi8-r")
    assert decode(raw).subject == "насос"


def test_an_encoded_line_end_cannot_smuggle_in_a_header():
    given = encoded("Hello\r\nBcc: victim@example.com\0\x1b[31m\u202egnp.exe")
    assert decode(mail(f"Subject: {given}")).subject == "Hello Bcc: victim@example.com [31mgnp.exe"


@pytest.mark.parametrize(
    ("given", "name", "address"),
    [
        ("a@b.cn", "", "a@b.cn"),
        ("<a@b.cn>", "", "a@b.cn"),
        ('"Zhang, San" <zs@b.cn>', "Zhang, San", "zs@b.cn"),
        (f"{encoded('张三，采购')} <zs@b.cn>", "张三，采购", "zs@b.cn"),
        (f'"{encoded("张三", "gb2312")}" <zs@b.cn>', "张三", "zs@b.cn"),
        ("zs@b.cn (Zhang San)", "Zhang San", "zs@b.cn"),
        ("Zhang San zs@b.cn", "", "zs@b.cn"),
        ('"boss@good.com" <evil@bad.com>', "boss@good.com", "evil@bad.com"),
        (f"{encoded('boss@good.com,')} <evil@bad.com>", "boss@good.com,", "evil@bad.com"),
        ("'a@b.cn' <a@b.cn>", "", "a@b.cn"),
        ("@bad, a@b.cn", "", "a@b.cn"),
        ('"never closed <a@b.cn>', "", "a@b.cn"),
        ("张三 <张三@例子.中国>", "张三", "张三@例子.中国"),
    ],
)
def test_the_sender_is_found(given, name, address):
    assert decode(mail(f"From: {given}")).sender == Address(name, address)


def test_a_sender_without_a_valid_address_keeps_the_name_and_is_told():
    mail_from_nobody = decode(mail("From: 系统管理员"))
    assert mail_from_nobody.sender == Address("系统管理员", "")
    assert "sender-wrong" in [flaw.code for flaw in mail_from_nobody.flaws]


def test_groups_comments_and_folded_lists_of_recipients_are_read():
    found = decode(sample("ruby-mail/example10.eml"))
    assert [one.address for one in found.to] == ["c@public.example", "joe@example.org", "jdoe@one.test"]
    assert found.cc == ()


def test_a_list_of_recipients_broken_by_an_empty_line_is_read_to_its_end():
    assert len(decode(sample("ruby-mail/new_line_in_to_header.eml")).to) == 6


def test_recipients_are_each_named_once_and_cut_at_the_limit():
    to = ", ".join(f"a{n % 700}@b.cn" for n in range(1_400))
    found = decode(mail(f"To: {to}"))
    assert len(found.to) == Limits().addresses
    assert "addresses-cut" in [flaw.code for flaw in found.flaws]


def test_message_numbers_are_found_in_any_shape():
    raw = mail(
        "Message-ID: <1234   @   local(comment)  .example>",
        "In-Reply-To: Your message of Monday <a@b>",
        "References: <x@y>\r\n\t<a@b> <x@y>",
    )
    found = decode(raw)
    assert (found.message_id, found.in_reply_to, found.references) == (
        "1234@local.example",
        "a@b",
        ("x@y", "a@b"),
    )


def test_of_too_many_references_the_first_and_the_last_are_kept():
    found = decode(mail("References: " + " ".join(f"<{n}@b>" for n in range(500)))).references
    assert len(found) == Limits().references
    assert (found[0], found[-1]) == ("0@b", "499@b")


def test_a_mail_without_number_has_a_key_of_its_own_that_is_always_the_same():
    one, other = mail("Subject: a"), mail("Subject: b")
    assert decode(one).key == decode(one).key != decode(other).key
    assert decode(mail("Message-ID: <a@b>")).key == "a@b"


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("Fri, 21 Nov 1997 09:55:06 -0600", datetime(1997, 11, 21, 15, 55, 6, tzinfo=UTC)),
        ("21 Nov 97 09:55 GMT", datetime(1997, 11, 21, 9, 55, tzinfo=UTC)),
        (
            "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 (CST)",
            datetime(1997, 11, 21, 15, 55, 6, tzinfo=UTC),
        ),
        ("Tue, 1 Apr 2025 10:00:00 +0800 (CST)", datetime(2025, 4, 1, 2, tzinfo=UTC)),
    ],
)
def test_dates_are_read_with_their_offset(given, moment):
    assert decode(mail(f"Date: {given}")).sent_at == moment


def test_a_date_keeps_the_offset_of_its_sender():
    sent = decode(mail("Date: Tue, 1 Apr 2025 10:00:00 +0800")).sent_at
    assert sent is not None
    assert sent.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "given", ["<HR>", "Pn, 29 paX 2007 21:13:00", "Mon, 30 Jun 3609 15:33:50 +0600", "1 Jan 2025 10:00 +9999"]
)
def test_a_date_that_is_none_is_told(given):
    found = decode(mail(f"Date: {given}"))
    assert found.sent_at is None
    assert ("date-wrong", given) in [(flaw.code, flaw.detail) for flaw in found.flaws]


def test_a_slip_among_the_headers_does_not_end_them():
    found = decode(sample("ruby-mail/raw_email_incorrect_header.eml"))
    assert found.subject == "Stop adware/spyware once and for all."
    assert "header-broken" in [flaw.code for flaw in found.flaws]


def test_headers_in_utf_8_are_read():
    found = decode(sample("ruby-mail/utf8_headers.eml"))
    assert (found.subject, found.sender.name, found.sender.address) == (
        "Säying Hello",
        "Jöhn Doe",
        "jdöe@mächine.example",
    )
