"""What a mail is once it is understood."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .addresses import Address
from .bounces import Bounce
from .flaws import Flaw, Flaws
from .parts import Part


@dataclass(frozen=True)
class Attachment:
    """A file in a mail; its bytes are decoded each time they are asked for, so that none lie in memory
    twice."""

    name: str
    content_type: str
    size: int
    content_id: str
    is_inline: bool
    is_mail: bool
    part: Part = field(repr=False, compare=False)

    def content(self) -> bytes:
        """The file's bytes."""
        return self.part.content(Flaws())

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class DecodedEmail:
    """A mail in plain terms. `text` is all its text, `fresh_text` what its sender wrote this time.

    `automatic` is "" for a person's mail, else "bounce", "receipt", "reply", "notice" or "list". Header
    values are one
    clean line each; `html` is safe to show and fetches nothing.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    sent_at: datetime | None
    text: str
    html: str
    fresh_text: str
    attachments: tuple[Attachment, ...]
    automatic: str
    bounce: Bounce | None
    flaws: tuple[Flaw, ...]
    digest: str

    @property
    def is_automatic(self) -> bool:
        """Whether a machine sent it, so that it must get no automatic answer."""
        return bool(self.automatic)

    @property
    def key(self) -> str:
        """The message number, or one made from the bytes where the mail has none: the same mail, the same
        key."""
        return self.message_id or f"{self.digest[:32]}@unnumbered"

    @property
    def problems(self) -> list[dict[str, Any]]:
        """The flaws in the form in which they are stored."""
        return [flaw.as_json() for flaw in self.flaws]
