"""Mails that machines sent are told from those of people."""

import pytest

from kinflow.contact_center.emails.decoding import decode

from . import mail, multipart, sample


def test_a_delivery_report_names_who_did_not_get_it_and_why():
    found = decode(sample("ruby-mail/multi_address_bounce1.eml"))
    assert found.automatic == "bounce"
    assert found.bounce is not None
    assert found.bounce.is_final
    assert found.bounce.original_id == "118707422.15521266992174819.JavaMail.root@lvmail01"
    assert [failure.address for failure in found.bounce.failures] == [
        "bbbbvhvbbvkjbhfbvbvjhb@gmail.com",
        "bscdbcjhasbcjhbdscbhbsdhcbj@gmail.com",
        "egyfefsdvsfvvhjsd@gmail.com",
        "kfhejkfbsjkjsbhds@gmail.com",
        "qfvhgsvhgsduiohncdhcvhsdfvsfygusd@gmail.com",
    ]
    assert {failure.status for failure in found.bounce.failures} == {"5.1.1"}
    assert "does not exist" in found.bounce.failures[0].reason


def test_a_delay_is_no_final_failure():
    status = mail(
        "Content-Type: message/delivery-status",
        body="Reporting-MTA: a\r\n\r\nFinal-Recipient: rfc822; x@b.cn\r\nAction: delayed\r\nStatus: 4.2.2",
    )
    raw = multipart("report; report-type=delivery-status", status)
    bounce = decode(raw).bounce
    assert bounce is not None
    assert not bounce.is_final
    assert [(f.address, f.action) for f in bounce.failures] == [("x@b.cn", "delayed")]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Subject: hello", ""),
        ("Auto-Submitted: no", ""),
        ("Auto-Submitted: auto-replied", "reply"),
        ("Auto-Submitted: auto-generated (alert)", "notice"),
        ("X-Autoreply: yes", "reply"),
        ("Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSNOiDmiJHlnKjlh7rlt64=?=", "reply"),
        ("Subject: Automatic reply: your offer", "reply"),
        ("Subject: Out of Office: back on Monday", "reply"),
        ("Subject: 自动化生产线报价", ""),
        ("Subject: Automatic pump wanted", ""),
        ("Precedence: bulk", "notice"),
        ("List-Id: <a.b>", "list"),
        ("From: MAILER-DAEMON@mx.b.cn", "bounce"),
        ("X-Failed-Recipients: a@b.cn", "bounce"),
    ],
)
def test_automatic_mails_are_known_by_their_headers(header, kind):
    found = decode(mail(header))
    assert (found.automatic, found.is_automatic) == (kind, bool(kind))


def test_a_read_receipt_is_no_bounce():
    raw = multipart(
        "report; report-type=disposition-notification", mail("Content-Type: text/plain", body="read")
    )
    assert decode(raw).automatic == "receipt"
