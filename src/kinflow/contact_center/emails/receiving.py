"""Taking in a mail: the same mail once, joined to what it belongs to, with all its files kept."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.emails import normalised
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.service.cases.actions import reopen_case, resume_case
from kinflow.service.cases.models import Case

from . import files
from .decoding import DecodedEmail, Flaw, decode
from .events import AutomaticEmailReceived, EmailReceived
from .joining import case_named, contact_of, root_of, take_turns, thread_of
from .models import Attachment, Email, Thread
from .rules import bare_subject, language_of


@action
def receive_email(*, raw: bytes, at: datetime | None = None, by: Actor) -> Email:
    """Take in a raw mail (RFC 5322 bytes, whatever their state), received `at` (now, where that is not given).

    The same mail again gives the same e-mail, and nothing is recorded. A person's reply reopens the solved case it
    belongs to, and resumes one that waited; what a machine sent is marked as needing no answer and moves no case.
    Raises MailTooLarge above the limit of `decode`.
    """
    permit(by, kind="email")
    mail = decode(raw)
    at = at or timezone.now()
    take_turns(mail.key, root_of(mail))
    known, key = _same_mail(mail)
    if known is not None:
        return known
    email = _understood(mail, key, at)
    email.digest = files.keep("mails", raw)
    email.save()
    _keep_attachments(email, mail)
    _tell(email, mail, at)
    if email.case is not None and _is_from_customer(email):
        _bring_back(email.case, email, by)
    return email


def _same_mail(mail: DecodedEmail) -> tuple[Email | None, str]:
    """The e-mail that this mail already is, if any, and the number under which it is known or will be.

    Broken programs use one number for several mails: another mail gets a number made from what it says.
    """
    found = Email.objects.filter(message_id=mail.key).first()
    if found is None or _says_the_same(found, mail):
        return found, mail.key
    told = "\0".join(
        (mail.sender.address, mail.subject, mail.text, *sorted(a.sha256 for a in mail.attachments))
    )
    key = f"{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}@reused"
    return Email.objects.filter(message_id=key).first(), key


def _says_the_same(email: Email, mail: DecodedEmail) -> bool:
    """Another way through the network changes headers, but not who says what, nor the files."""
    if email.digest == mail.digest:
        return True
    if (email.sender, email.subject, email.text) != (
        _sender(mail),
        storable(mail.subject),
        storable(mail.text),
    ):
        return False
    return {a.sha256 for a in email.attachments.all()} == {a.sha256 for a in mail.attachments}


def _sender(mail: DecodedEmail) -> str:
    return normalised(mail.sender.address) or storable(mail.sender.address).lower()[:254]


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot hold: NUL characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _storable_problem(problem: Mapping[str, str]) -> dict[str, str]:
    return {name: storable(value) for name, value in problem.items()}


def _understood(mail: DecodedEmail, key: str, at: datetime) -> Email:
    """The unsaved e-mail with all that it is joined to; its thread is saved."""
    sender = _sender(mail)
    contact, account = contact_of(sender)
    thread = thread_of(mail, sender, at)
    case = (thread.case if thread else None) or case_named(mail.subject, contact, account)
    reused = [Flaw("id-reused", mail.key).as_json()] if key != mail.key else []
    recipients = dict.fromkeys(storable(a.address).lower()[:254] for a in (*mail.to, *mail.cc))
    return Email(
        thread=_saved_thread(thread, mail, case, at),
        message_id=key,
        sender_name=storable(mail.sender.name),
        sender=sender,
        recipients=list(recipients),
        subject=storable(mail.subject),
        text=storable(mail.text),
        fresh_text=storable(mail.fresh_text),
        html=storable(mail.html),
        sent_at=mail.sent_at,
        status="ignored" if mail.is_automatic else "new",
        contact=contact,
        account=account,
        case=case,
        product=case.product if case else None,
        language=(contact.language if contact else "") or language_of(mail.fresh_text or mail.subject),
        is_automatic=mail.is_automatic,
        problems=[_storable_problem(problem) for problem in (*mail.problems, *reused)],
        created_at=at,
    )


def _saved_thread(thread: Thread | None, mail: DecodedEmail, case: Case | None, at: datetime) -> Thread:
    if thread is None:
        thread = Thread(
            key=root_of(mail), subject=storable(bare_subject(mail.subject)[0]), case=case, created_at=at
        )
        thread.save()
    elif case is not None and thread.case_id is None:
        thread = hold(thread)
        thread.case = case
        thread.save()
    return thread


def _keep_attachments(email: Email, mail: DecodedEmail) -> None:
    for part in mail.attachments:
        content = part.content()
        Attachment(
            email=email,
            name=storable(part.name),
            content_type=storable(part.content_type),
            size=len(content),
            sha256=files.keep("attachments", content),
            content_id=storable(part.content_id),
        ).save()


def _tell(email: Email, mail: DecodedEmail, at: datetime) -> None:
    joined: dict[str, Any] = {
        "email": email,
        "thread": email.thread,
        "contact": email.contact,
        "account": email.account,
        "case": email.case,
        "sender": email.sender,
    }
    if mail.is_automatic:
        record(AutomaticEmailReceived(**joined, kind=mail.automatic), at=at)
    else:
        record(EmailReceived(**joined), at=at)


def _is_from_customer(email: Email) -> bool:
    """Neither a machine nor one of our own people."""
    if email.is_automatic:
        return False
    return not (email.sender and Person.objects.filter(email__iexact=email.sender).exists())


def _bring_back(case: Case, email: Email, by: Actor) -> None:
    case = hold(case)
    if case.status == "solved":
        reopen_case(case=case, reason=email.subject, by=by)
    elif case.status == "waiting":
        resume_case(case=case, by=by)
