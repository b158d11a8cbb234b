"""A stored e-mail made ready to be read: new text first, files with addresses, pictures inside the document."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.access import may_read, visible

from . import files
from .decoding import with_pictures, words
from .models import Attachment, Email

PICTURE_BYTES, PICTURES_BYTES = 2 * 1024 * 1024, 10 * 1024 * 1024
"""How large one picture, and all pictures together, may be to be shown inside the message."""
_STARTS: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


@dataclass(frozen=True)
class Message:
    """What the page of an e-mail shows; `has_more` says whether there is more than the new text."""

    fresh: str
    text: str
    has_html: bool
    has_more: bool
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...]


def message_of(email: Email, by: Actor) -> Message | None:
    """The message; None where the actor may not read personal values."""
    if not may_read(by, "personal"):
        return None
    fresh = email.fresh_text or email.text
    return Message(
        fresh=fresh,
        text=email.text,
        has_html=bool(email.html),
        has_more=bool(email.html) or fresh.strip() != email.text.strip(),
        attachments=tuple(email.attachments.order_by("pk")),
        problems=tuple(words(problem) for problem in email.problems),
    )


def readable_email(email_id: int, by: Actor) -> Email:
    """The e-mail whose content the actor may read; NotFound where there is none for this actor."""
    email = visible(by, Email.objects.all()).filter(pk=email_id).first() if email_id < 2**63 else None
    if email is None or not may_read(by, "personal"):
        raise NotFound(str(email_id))
    return email


def document_of(email: Email) -> str:
    """The e-mail's safe HTML, with the pictures that came with it inside; nothing in it fetches anything."""
    places: dict[str, str] = {}
    room = PICTURES_BYTES
    for attachment in email.attachments.exclude(content_id=""):
        if attachment.size > min(PICTURE_BYTES, room) or f"cid:{attachment.content_id}" not in email.html:
            continue
        if place := _picture(attachment):
            places[attachment.content_id] = place
            room -= attachment.size
    return with_pictures(email.html, places)


def _picture(attachment: Attachment) -> str:
    """The picture as a data address; empty where its bytes are no picture, whatever it calls itself."""
    try:
        with files.opened("attachments", attachment.sha256) as kept:
            content = kept.read()
    except NotFound:
        return ""
    kind = next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else ""
