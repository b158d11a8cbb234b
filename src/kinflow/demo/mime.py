"""The e-mails as they came over the wire: RFC 5322, in UTF-8 or the GB18030 of older Chinese programs."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zlib import crc32

from .records import Email

OLD_PROGRAMS = 6
"""One in so many Chinese messages comes from a program that writes GB18030."""


def raw_message(email: Email) -> bytes:
    """The message as bytes, with its headers; the same e-mail gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(email.sender_name, addr_spec=email.sender)
    message["To"] = ", ".join(email.recipients)
    message["Subject"] = email.subject
    message["Date"] = format_datetime(email.sent_at)
    message["Message-ID"] = email.message_id
    if email.in_reply_to:
        message["In-Reply-To"] = email.in_reply_to
        message["References"] = email.in_reply_to
    if email.is_automatic:
        message["Auto-Submitted"] = "auto-replied"
    old = email.language == "zh" and crc32(email.key.encode()) % OLD_PROGRAMS == 0
    message.set_content(email.text, charset="gb18030" if old else "utf-8", cte="base64")
    return message.as_bytes()
