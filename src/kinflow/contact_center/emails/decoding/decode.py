"""From bytes to a mail: the order in which its pieces are read."""

import hashlib

from django.utils.translation import gettext as _

from kinflow.kit.problem import TooLarge

from .addresses import addresses, sender
from .bodies import body_of
from .bounces import automatic_kind, bounce_of
from .filenames import filename, safe_name
from .flaws import Flaws
from .headers import decoded, read_headers
from .limits import DEFAULT, Limits
from .lines import one_line
from .parts import Part, parts_of
from .plain import text_of_html
from .replies import fresh
from .sanitising import sanitised
from .threading import message_id, message_ids, sent_at
from .values import Attachment, DecodedEmail


class MailTooLarge(TooLarge):
    """A mail above the limit; nothing of it is read."""

    code = "mail-too-large"


def decode(raw: bytes, *, limits: Limits = DEFAULT) -> DecodedEmail:
    """Understand a mail. Whatever the bytes are, something comes back, with `flaws` telling what was wrong.

    Raises MailTooLarge above `limits.size` bytes, and nothing else.
    """
    if len(raw) > limits.size:
        megabytes = limits.size // (1024 * 1024)
        raise MailTooLarge(
            _("The e-mail is larger than %(limit)s MB.") % {"limit": megabytes},
            remedy=_("Ask for a link to the files instead of the files themselves."),
        )
    flaws = Flaws()
    root = parts_of(bytes(raw), limits, flaws)
    if not {"from", "subject", "date", "to", "message-id", "received", "content-type"} & {
        k for k, _v in root.headers.pairs
    }:
        flaws.add("not-a-mail")
    return _email(raw, root, limits, flaws)


def _email(raw: bytes, root: Part, limits: Limits, flaws: Flaws) -> DecodedEmail:
    headers = root.headers
    hint = next((charset for part in root.walk() if (charset := part.kind.get("charset"))), "")
    body = body_of(root, limits, flaws)
    rich = "\n<hr>\n".join(filter(None, body.rich))
    text = "\n\n".join(filter(None, body.plain)) or (text_of_html(rich, flaws) if rich else "")
    who = sender(headers.raw("from") or headers.raw("sender"), flaws, hint)
    subject = _subject(decoded(headers.raw("subject"), hint), limits, flaws)
    automatic = automatic_kind(root, who.address, subject)
    return DecodedEmail(
        message_id=message_id(headers, limits, flaws),
        in_reply_to=next(iter(message_ids(headers.raw("in-reply-to"), limits)), ""),
        references=message_ids(b" ".join(headers.all_raw("references")), limits),
        subject=subject,
        sender=who,
        to=addresses(b", ".join(headers.all_raw("to")), limits, flaws, hint),
        cc=addresses(b", ".join(headers.all_raw("cc")), limits, flaws, hint),
        reply_to=addresses(b", ".join(headers.all_raw("reply-to")), limits, flaws, hint),
        sent_at=sent_at(headers, flaws),
        text=text[: limits.text_characters],
        html=sanitised(rich) if rich else "",
        fresh_text=fresh(text[: limits.text_characters], sender_name=who.name),
        attachments=_attachments(body.files, limits, flaws),
        automatic=automatic,
        bounce=bounce_of(root, limits) if automatic == "bounce" else None,
        flaws=flaws.all,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _subject(subject: str, limits: Limits, flaws: Flaws) -> str:
    if len(subject) > limits.subject_characters:
        flaws.add("subject-cut")
    return subject[: limits.subject_characters]


def _attachments(files: list[Part], limits: Limits, flaws: Flaws) -> tuple[Attachment, ...]:
    if len(files) > limits.attachments:
        flaws.add("attachments-cut")
    numbered = enumerate(files[: limits.attachments], start=1)
    return tuple(_attachment(part, number, limits, flaws) for number, part in numbered)


def _attachment(part: Part, number: int, limits: Limits, flaws: Flaws) -> Attachment:
    content = part.content(flaws)
    is_mail = part.content_type == "message/rfc822"
    content_id = one_line(part.headers.text("content-id")).strip("<> ")[:300]
    name = filename(part, number, limits, flaws)
    if is_mail and not part.disposition.get("filename") and not part.kind.get("name"):
        name = _name_of_mail(content, limits) or name
    return Attachment(
        name=name,
        content_type=part.content_type[:120],
        size=len(content),
        content_id=content_id,
        is_inline=part.disposition.value == "inline"
        or (bool(content_id) and part.disposition.value != "attachment"),
        is_mail=is_mail,
        part=part,
    )


def _name_of_mail(content: bytes, limits: Limits) -> str:
    """A mail in a mail is named by its subject."""
    held, _body = read_headers(content, 0, len(content), limits, Flaws())
    subject = safe_name(decoded(held.raw("subject")).replace("/", "-"), limits.name_characters - 4)
    return f"{subject}.eml" if subject else ""
