"""Mails that machines sent: failed deliveries, receipts, automatic answers, lists."""

import re
from dataclasses import dataclass

from kinflow.kit import charsets

from .flaws import Flaws
from .headers import Headers, decoded, read_headers
from .limits import Limits
from .lines import one_line
from .parts import Part
from .threading import message_ids

_DAEMON = re.compile(r"(?i)^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@")
_AUTOMATIC_SUBJECT = re.compile(
    r"(?i)^(?:\[?(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office)\b|自动(?:回复|答复)"
    r"|外出(?:办公)?自动)"
)
_QUIET_PRECEDENCE = ("auto_reply", "bulk", "junk")


@dataclass(frozen=True)
class Failure:
    """A recipient that did not get the mail: "failed" or "delayed", the status (RFC 3463) and the other
    side's words."""

    address: str
    action: str
    status: str
    reason: str


@dataclass(frozen=True)
class Bounce:
    """A report on a mail of ours: who did not get it, and that mail's number."""

    failures: tuple[Failure, ...]
    original_id: str

    @property
    def is_final(self) -> bool:
        """Whether at least one recipient will never get it."""
        return any(failure.action == "failed" for failure in self.failures)


def automatic_kind(root: Part, sender: str, subject: str) -> str:
    """What a machine sent: "bounce", "receipt", "reply", "notice", "list"; empty for a person's mail."""
    headers = root.headers
    report = root.kind.get("report-type").lower() if root.content_type == "multipart/report" else ""
    if report == "disposition-notification":
        return "receipt"
    if report == "delivery-status" or _DAEMON.match(sender) or "x-failed-recipients" in headers:
        return "bounce"
    said = re.split(r"[;\s]", headers.plain("auto-submitted"), maxsplit=1)[0]
    if said == "auto-replied" or "x-autoreply" in headers or "x-autorespond" in headers:
        return "reply"
    if _AUTOMATIC_SUBJECT.match(subject):
        return "reply"
    if said not in ("", "no"):
        return "notice"
    if "list-id" in headers or headers.plain("precedence") == "list":
        return "list"
    return "notice" if headers.plain("precedence") in _QUIET_PRECEDENCE else ""


def bounce_of(root: Part, limits: Limits) -> Bounce | None:
    """What a delivery report says; None where the mail is none."""
    quiet = Flaws()
    failures: dict[str, Failure] = {}
    original = ""
    for part in root.walk():
        if part.content_type in ("message/delivery-status", "message/global-delivery-status"):
            for failure in _failures(part.content(quiet), limits):
                failures.setdefault(failure.address.lower(), failure)
        elif part.content_type in ("message/rfc822", "text/rfc822-headers") and not original:
            content = part.content(quiet)
            held, _ = read_headers(content, 0, len(content), limits, quiet)
            original = next(iter(message_ids(held.raw("message-id"), limits)), "")
    for address in re.split(r"[,\s]+", root.headers.text("x-failed-recipients")):
        if "@" in address:
            failures.setdefault(address.lower(), Failure(one_line(address)[:254], "failed", "", ""))
    return Bounce(tuple(failures.values()), original) if failures or original else None


def _failures(content: bytes, limits: Limits) -> list[Failure]:
    """The blocks of a delivery status, one for each recipient."""
    found = []
    for block in re.split(rb"\r?\n[ \t]*\r?\n", content)[: limits.addresses + 1]:
        fields, _ = read_headers(block, 0, len(block), limits, Flaws())
        address = _typed(fields, "original-recipient") or _typed(fields, "final-recipient")
        action = fields.plain("action")
        if address and action in ("failed", "delayed"):
            reason = _typed(fields, "diagnostic-code")[:500]
            found.append(Failure(address[:254], action, fields.plain("status")[:20], reason))
    return found


def _typed(fields: Headers, name: str) -> str:
    """A field such as "rfc822; a@b.c" without its type."""
    text = charsets.decode(fields.raw(name)).text
    return decoded(text.partition(";")[2] or text).strip("<> ")
